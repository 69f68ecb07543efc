#!/usr/bin/env python3
"""What `goflow workflow schema` prints accepts what the loader accepts, by a real validator."""

import json
import re
import subprocess
import sys
import unittest
from pathlib import Path

import jsonschema
import yaml

WORKFLOWS = Path(__file__).resolve().parent.parent / "workflows"
GOFLOW = sys.argv.pop(1) if len(sys.argv) > 1 else "goflow"


class CoreLoader(yaml.SafeLoader):
    """The scalars of YAML 1.2, as editors and goflow read them: 'on' is a text."""

    yaml_implicit_resolvers = {}


CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$|^0o[0-7]+$|^0x[0-9a-fA-F]+$"),
    list("-+0123456789"))
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), list("-+.0123456789"))
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])


def construct_int(loader, node):
    text = loader.construct_scalar(node)
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


CoreLoader.add_constructor("tag:yaml.org,2002:int", construct_int)


def read(text):
    return yaml.load(text, CoreLoader)


def workflow(node):
    return f"name: x\nnodes: [{node}]\n"


# What the loader refuses, or warns of, by the form of a value alone.
REFUSED = [
    "[]",
    "nodes: [{id: a, run: ls}]",
    "name: x",
    "{name: x, nodes: []}",
    "{name: x, nodes: {a: {run: ls}}}",
    "{name: x, colour: red, nodes: [{id: a, run: ls}]}",
    "{name: x, version: '2.0', nodes: [{id: a, run: ls}]}",
    "{name: x, concurrency: 0, nodes: [{id: a, run: ls}]}",
    "{name: x, concurrency: 257, nodes: [{id: a, run: ls}]}",
    "{name: x, max_active_runs: 0, nodes: [{id: a, run: ls}]}",
    "{name: x, max_active_runs: 1001, nodes: [{id: a, run: ls}]}",
    "{name: x, schedule: {timezone: UTC}, nodes: [{id: a, run: ls}]}",
    "{name: x, schedule: {cron: '@daily', catch_up: some}, nodes: [{id: a, run: ls}]}",
    "{name: x, schedule: {cron: '@daily', overlap: wait}, nodes: [{id: a, run: ls}]}",
    "{name: x, timeout: soon, nodes: [{id: a, run: ls}]}",
    "{name: x, timeout: '', nodes: [{id: a, run: ls}]}",
    "{name: x, env: [A], nodes: [{id: a, run: ls}]}",
    "{name: x, return: 1, return_value: 2, nodes: [{id: a, run: ls}]}",
    "{name: x, variables: [{name: 1a}], nodes: [{id: a, run: ls}]}",
    "{name: x, variables: [{name: a, type: text}], nodes: [{id: a, run: ls}]}",
    "{name: x, variables: [{name: a, default: 1, default_value: 1}], nodes: [{id: a, run: ls}]}",
    "{name: x, servers: [{id: 'a b', command: x}], nodes: [{id: a, run: ls}]}",
    "{name: x, servers: [{id: a, transport: tcp}], nodes: [{id: a, run: ls}]}",
    "{name: x, credentials: [{required: true}], nodes: [{id: a, run: ls}]}",
    "{name: x, edges: [{from: a}], nodes: [{id: a, run: ls}]}",
    "{name: x, on_exit: [[a]], nodes: [{id: a, run: ls}]}",
    workflow("{run: ls}"),
    workflow("{id: 1a, run: ls}"),
    workflow("{id: a}"),
    workflow("{id: a, type: shel, run: ls}"),
    workflow("{id: a, run: ls, url: 'https://x.test'}"),
    workflow("{id: a, type: http}"),
    workflow("{id: a, type: shell, url: 'https://x.test'}"),
    workflow("{id: a, run: [ls]}"),
    workflow("{id: a, command: ls}"),
    workflow("{id: a, run: ls, parse: xml}"),
    workflow("{id: a, run: ls, timout: 3}"),
    workflow("{id: a, run: ls, retry: {max_attempts: 0}}"),
    workflow("{id: a, run: ls, retry: {max_attempts: 3, jitter: 2}}"),
    workflow("{id: a, run: ls, on_error: ignore}"),
    workflow("{id: a, run: ls, on_error: {go: b}}"),
    workflow("{id: a, run: ls, output: 'a-b'}"),
    workflow("{id: a, url: 'https://x.test', expect: 600}"),
    workflow("{id: a, url: 'https://x.test', expect: 9xx}"),
    workflow("{id: a, url: 'https://x.test', auth: {bear: x}}"),
    workflow("{id: a, tool: x}"),
    workflow("{id: a, workflow: x, inputs: [1]}"),
    workflow("{id: a, signal: x, retry: {max_attempts: 2}}"),
    workflow("{id: a, wait: later}"),
    workflow("{id: a, branches: []}"),
    workflow("{id: a, branches: {}}"),
    workflow("{id: a, branches: [[]]}"),
    workflow("{id: a, branches: [b], merge: wait_some}"),
    workflow("{id: a, branches: [b], merge: wait_any, merge_strategy: wait_any}"),
    workflow("{id: a, collection: {}, body: b}"),
    workflow("{id: a, collection: 3}"),
    workflow("{id: a, collection: 3, body: [{id: b}]}"),
]


# Known by the tables, so that a better sentence than "unknown key" is said of them.
REFUSED_BY_FLOW = {"start_node.when", "start_node.needs", "condition_node.when"}
CANNOT_RUN_YET = {"transform_node.jq", "transform_node.jsonpath"}


def below_key(name, key):
    """All nodes have the same 'retry' and 'on_error': once is enough for their keys."""
    return key if key in ("retry", "on_error") else f"{name}.{key}"


class Coverage:
    """Which keys of the schema a number of documents use."""

    def __init__(self, schema):
        self.schema = schema
        self.unused = {}

    def resolved(self, part):
        while "$ref" in part:
            part = self.schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
        return part

    def accepts(self, part, value):
        whole = {**part, "$defs": self.schema["$defs"]}
        return jsonschema.Draft202012Validator(whole).is_valid(value)

    def list_keys(self):
        """All keys, by the map that they stand in."""
        self._list(self.schema, "workflow")
        for facts in self.schema["$defs"]["node"]["allOf"]:
            name = facts["then"]["$ref"].rsplit("/", 1)[1]
            self._list(self.schema["$defs"][name], name)

    def _list(self, part, name):
        for key, value in part.get("properties", {}).items():
            self.unused[f"{name}.{key}"] = True
            self._list(value, below_key(name, key))
        for alternative in part.get("anyOf", []):
            self._list(alternative, name)
        for below in ("items", "additionalProperties"):
            if isinstance(part.get(below), dict):
                self._list(part[below], name)

    def use(self, value, part=None, name="workflow"):
        part = self.resolved(self.schema if part is None else part)
        if part is self.schema["$defs"]["node"]:
            for facts in part["allOf"]:
                if self.accepts(facts["if"], value):
                    self.use(value, facts["then"], facts["then"]["$ref"].rsplit("/", 1)[1])
            return
        for alternative in part.get("anyOf", []):
            if self.accepts(alternative, value):
                self.use(value, alternative, name)
        if isinstance(value, list) and "items" in part:
            for item in value:
                self.use(item, part["items"], name)
        if isinstance(value, dict):
            self._use_members(value, part, name)

    def _use_members(self, value, part, name):
        for key, member in value.items():
            below = part.get("properties", {}).get(key)
            if below is not None:
                self.unused.pop(f"{name}.{key}", None)
                self.use(member, below, below_key(name, key))
            elif isinstance(part.get("additionalProperties"), dict):
                self.use(member, part["additionalProperties"], name)


class SchemaTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        printed = subprocess.run([GOFLOW, "workflow", "schema"], capture_output=True, check=True)
        cls.schema = json.loads(printed.stdout)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def test_it_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_what_the_loader_reads_without_a_word_is_accepted(self):
        files = sorted((WORKFLOWS / "valid").glob("*.yaml"))
        self.assertTrue(files)
        for file in files:
            with self.subTest(file.name):
                faults = [f"{list(fault.absolute_path)}: {fault.message}"
                          for fault in self.validator.iter_errors(read(file.read_text("utf-8")))]
                self.assertEqual(faults, [])

    def test_the_sound_files_use_every_key(self):
        coverage = Coverage(self.schema)
        coverage.list_keys()
        self.assertIn("http_node.auth.basic.user", coverage.unused)
        for file in (WORKFLOWS / "valid").glob("*.yaml"):
            coverage.use(read(file.read_text("utf-8")))
        unused = set(coverage.unused) - REFUSED_BY_FLOW - CANNOT_RUN_YET
        self.assertFalse(unused, sorted(unused))

    def test_broken_forms_are_refused(self):
        for text in REFUSED:
            with self.subTest(text):
                self.assertFalse(self.validator.is_valid(read(text)))

    def test_the_loader_refuses_or_warns_of_them_too(self):
        for text in REFUSED:
            with self.subTest(text):
                checked = subprocess.run([GOFLOW, "validate", "-", "--strict"],
                                         input=text.encode(), capture_output=True, check=False)
                self.assertEqual(checked.returncode, 5, checked.stderr)


if __name__ == "__main__":
    unittest.main()
