"""Runs every sample that the project shows: the workflows of tests/workflows/valid, the workflow and
the expressions of the man pages, and the commands in the examples of each command's page.

    samples.py GOFLOW SOURCE

Whatever a sample needs around it lies in a folder and a home of its own: small scripts, saved
workflows, runs in every state. A new sample that needs something else fails until it gets it.
"""

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

# Of the workflows that do not simply come to a good end: the inputs, the exit code, what is said.
ENDS = {
    "every-key": (["--input", "n=1"], 0, ""),
    "secrets": ([], 4, "goflow cred set"),
    "work": ([], 4, "goflow cred set orders-api"),
    "scheduled": (["--input", "day=today"], 0, ""),
    "size-gate": (["--input", "size=120"], 0, "size 120 is large"),
    "smallest-numbers": ([], 124, "timed out after 1ms"),
}

MCP_SERVER = pathlib.Path(__file__).resolve().parents[1] / "support" / "mcp_server.py"

# What the scripts of the samples call.
PROGRAMS = {
    "announce.sh": "echo announced",
    "report.sh": "echo reported",
    "left.sh": "echo '{\"n\": 1}'",
    "count.sh": "echo '{\"n\": 2}'",
    "far.sh": "echo x",
    "bin/gh": "cat > /dev/null",
    "ask.sh": "echo state=done >> \"$GOFLOW_OUTPUT\"",
    "bin/curl": "echo '[1, 2]'",
    "bin/code": "exit 0",
    "bin/systemctl": "exit 0",
    "bin/mcp-files": f"exec {MCP_SERVER} --also list",
    "bin/mcp-3d": f"exec {MCP_SERVER} --also render",
}
MAKEFILE = "test:\n\t@echo release\nclean publish:\n\t@echo $@\n"

EXPRESSIONS = {
    'users | filter(.age >= 18) | map(.name) | join(", ")': "ann, cid",
    "let p = first(posts); any(p.comments, .author == p.author)": "true",
    'status == 200 ? "fine" : "broken: " + string(status)': "broken: 503",
}
DATA = {
    "users": [{"name": "ann", "age": 18}, {"name": "bo", "age": 17}, {"name": "cid", "age": 40}],
    "posts": [{"author": "ann", "comments": [{"author": "bo"}, {"author": "ann"}]}],
    "status": 503,
}

NIGHTLY = """name: nightly
version: "1.0"
description: version {version}
schedule: "0 2 * * 1-5"
variables:
  - {{name: since, type: string, default: "2026-11-19"}}
  - {{name: limit, type: number, default: 5}}
nodes:
  - {{id: fetch, run: 'echo "$since"; echo timeout >&2'}}
  - {{id: load, run: test -z "$BROKEN"}}
return: "${{limit}}"
"""
NAPPING = "name: napping\nnodes: [{id: nap, run: sleep 1}]\n"
ASKING = "name: asking\nnodes: [{id: wait, signal: approve}]\n"


class Samples:
    def __init__(self, goflow, source, folder):
        self.source = source
        self.folder = folder
        self.home = folder / "home"
        self.environment = os.environ | {
            "HOME": str(folder),
            "GOFLOW_HOME": str(self.home),
            "PATH": f"{folder / 'bin'}:{goflow.parent}:{os.environ['PATH']}",
            "EDITOR": "true",
        }
        self.wrong = []
        self.count = 0

    def call(self, command, **variables):
        return subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.environment | variables,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)

    def check(self, command, exit_code=0, text="", **variables):
        self.count += 1
        done = self.call(command, **variables)
        if done.returncode != exit_code or text not in done.stdout + done.stderr:
            self.wrong.append(f"$ {command}\nexit {done.returncode}\n{done.stdout}{done.stderr}")

    def prepare(self):
        for name, script in PROGRAMS.items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        key = self.folder / "credentials.key"
        key.write_text("5e" * 32)
        key.chmod(0o600)
        self.environment |= {"GOFLOW_KEYRING": "file", "GOFLOW_KEYRING_KEY_FILE": str(key)}
        (self.folder / "Makefile").write_text(MAKEFILE)
        for name in ["src", "tests", "bo"]:
            (self.folder / name).mkdir()
        shutil.copy(self.folder / "far.sh", self.folder / "bo")

    def run_workflows(self):
        self.call(f"goflow workflow save {self.source}/tests/workflows/stored/other.yaml")
        self.call("for key in api files-token; do echo a-token | goflow cred set $key; done")
        for path in sorted((self.source / "tests/workflows/valid").glob("*.yaml")):
            words, exit_code, text = ENDS.get(path.stem, ([], 0, ""))
            self.check(f"goflow exec run {path} --quiet {' '.join(words)}", exit_code, text)
        for block in self.blocks("goflow-workflow.5"):
            (self.folder / "sample.yaml").write_text(block)
            self.check("goflow exec run sample.yaml --quiet", text=" kB")

    def evaluate_expressions(self):
        for line in "".join(self.blocks("goflow-expressions.7")).splitlines():
            variables = [{"name": name, "type": "any", "default": value} for name, value in DATA.items()]
            node = {"id": "sample", "type": "transform", "expression": line}
            workflow = {"name": "x", "variables": variables, "nodes": [node], "return": "${sample}"}
            (self.folder / "expression.yaml").write_text(json.dumps(workflow))
            self.check("goflow exec run expression.yaml --quiet", text=EXPRESSIONS[line] + "\n")

    def blocks(self, page):
        """The literal blocks of a man page."""
        text = (self.source / "man" / page).read_text()
        for block in re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", text, re.DOTALL | re.MULTILINE):
            yield block.replace("\\e", "\\").replace("\\&", "")

    def run_examples(self):
        for version in range(1, 7):
            self.write("nightly.yaml", NIGHTLY.format(version=version))
            self.call("goflow workflow save nightly.yaml --force")
        for page in sorted((self.source / "man").glob("*.1")):
            for command in re.findall(r'^\.It Li "(.*)"$', page.read_text(), re.MULTILINE):
                self.run_example(command.replace('""', '"'))

    def run_example(self, command):
        self.make_files()
        verb = " ".join(re.findall(r"goflow (?:exec )?([\w-]+)", command))
        runs = [self.make_run("failed")] if "5ywz6r0b" in command else []
        about_run = re.sub(r"--instance \S+", "", command)
        if re.search(r"@latest|\b(?:8m4vq2dk|ID|nightly-eu)\b", about_run):
            runs.append(self.make_run(STATE_OF.get(verb, "completed")))
        if runs:
            command = self.about(runs, command)
        for asking in ASKING_FIRST:
            if command.startswith(asking) and "--yes" not in command:
                command = command.replace(asking, f"{asking} --yes")
        if "9f2c41d7" in command:
            key = self.call("goflow blobs put photos.tar").stdout.strip()
            command = command.replace("9f2c41d7", key[:8])
        if command.startswith("goflow cred"):
            command = self.about_credentials(command)
        if command.startswith("goflow instance") or "--instance" in command:
            self.make_instance(command)
        if command.startswith("goflow worker") and "--drain" not in command:
            command = f"timeout --preserve-status 1 {command}"
        # When a line of crontab calls it is not for the shell to know.
        command = command.removeprefix("* * * * * ")
        if "workflow edit" in command:
            command = f"script --quiet --return --command {shlex.quote(command)} /dev/null"
        self.check(f"fpath=(none functions); {command}", 1 if verb == "diff" else 0)
        for run in runs:
            self.call(f"goflow exec cancel {run}; goflow exec delete --yes {run}")

    def about(self, runs, command):
        """The command with the ids of these runs for those in it."""
        command = command.replace("5ywz6r0b", runs[0])
        return re.sub(r"\b(?:8m4vq2dk|ID)\b", runs[-1], command)

    def about_credentials(self, command):
        """With all that a person would be asked for."""
        verb = command.split()[2]
        if verb in ("export", "import") and "--passphrase-file" not in command:
            command += " --passphrase-file words.txt"
        if verb == "import":
            self.call("rm -f keys.goflow; goflow cred export keys.goflow --passphrase-file words.txt")
        if verb == "import" and "--on-conflict" not in command:
            self.call("for key in api files-token github gitlab prod/db; do goflow cred delete --yes $key; done")
        if verb == "rotate":
            self.call("goflow cred rotate github < token.txt")
        if verb in ("set", "rotate") and "<" not in command and "--undo" not in command:
            command += " < newer.txt"
        return command

    def make_instance(self, command):
        """What the command is about; what it makes itself is not there yet."""
        self.call("goflow instance delete --yes nightly-eu; goflow instance delete --yes staging")
        if " create " not in command:
            self.call("goflow instance create nightly-eu --workflow nightly")

    def make_files(self):
        self.write("nightly.yaml", NIGHTLY.format(version=6))
        self.write("triage.yaml", NIGHTLY.format(version=6).replace("nightly", "triage"))
        self.write("shared.yaml", NIGHTLY.format(version=6).replace("nightly", "shared"))
        self.write("token.txt", "a token\n")
        self.write("newer.txt", "a newer token\n")
        self.write("words.txt", "four words without sense\n")
        (self.folder / "words.txt").chmod(0o600)
        self.write("db.json", '{"user": "ann", "password": "a secret"}')
        self.call("goflow cred set prod/db --structured --public user < db.json")
        for key in ["github", "gitlab"]:
            self.call(f"goflow cred set {key} < newer.txt")
        self.write("photos.tar", "bytes of photos")
        self.write("Makefile", "report:\n\t@echo so it went\n")
        self.write("report.json", '{"status": "running"}')
        self.call("mkdir -p functions .config/fish/completions")
        self.call("goflow workflow save nightly.yaml --force --if-changed")
        self.call("goflow workflow save triage.yaml --force --if-changed")

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def make_run(self, state):
        """Its id; it is the newest."""
        self.write("asking.yaml", ASKING)
        if state == "waiting":
            self.call("goflow run asking.yaml --detach")
        elif state == "interrupted":
            self.write("napping.yaml", NAPPING)
            self.call("timeout --signal KILL 0.5 goflow run napping.yaml")
        elif state == "external":
            self.call("goflow exec create nightly --runner external --name nightly-eu --label env=test")
        else:
            self.call("goflow run nightly", BROKEN="yes" if state == "failed" else "")
        return json.loads(self.call("goflow exec list -n 1 --json=id").stdout)[0]["id"]


# Which run an example is about, where it is none that has completed.
STATE_OF = {
    "signal": "waiting", "cancel": "waiting", "resume": "interrupted", "mark": "interrupted",
    "update-status": "external", "update": "external", "retry": "failed",
}
# These want a yes, and there is no terminal.
ASKING_FIRST = ["goflow blobs rm", "goflow cred delete", "goflow exec delete",
                "goflow instance delete", "goflow workflow delete", "goflow workflow restore"]


def main(goflow, source):
    with tempfile.TemporaryDirectory() as scratch:
        samples = Samples(goflow, source, pathlib.Path(scratch))
        samples.prepare()
        samples.run_workflows()
        samples.evaluate_expressions()
        samples.run_examples()
        print("\n".join([*samples.wrong, f"{samples.count} samples: {len(samples.wrong)} wrong"]))
        return 1 if samples.wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()))
