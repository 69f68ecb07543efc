"""Writes the workflows that are measured, for goflow and for Dagu."""

import json


def _write(path, header, nodes, footer=""):
    lines = [f"name: {path.stem}", *header, "nodes:"]
    lines += [f"  - {json.dumps(node)}" for node in nodes]
    path.write_text("\n".join(lines) + "\n" + footer)
    return path


def chain(folder, count):
    nodes = [{"id": f"step{i}", "run": "true"} for i in range(count)]
    return _write(folder / "chain.yaml", [], nodes)


def command_chain(folder, count):
    nodes = [{"id": f"step{i}", "command": ["true"]} for i in range(count)]
    return _write(folder / "command-chain.yaml", [], nodes)


def independent(folder, count, width):
    """All hang on one node before them: the form in which nothing else orders them."""
    nodes = [{"id": "begin", "type": "passthrough"}]
    nodes += [{"id": f"step{i}", "run": "true", "needs": "begin"} for i in range(count)]
    return _write(folder / "independent.yaml", [f"concurrency: {width}"], nodes)


def transform_loop(folder, rounds):
    square = {"id": "square", "expression": "item * item"}
    loop = {"id": "rounds", "collection": rounds, "max_iterations": rounds, "body": [square]}
    return _write(folder / "transform-loop.yaml", [], [loop])


def many_kinds(folder, count):
    """A chain as people write them: scripts, expressions, conditions with `when`, calls."""
    kinds = [
        {"run": "echo $total >> log", "env": {"LEVEL": "info"}, "timeout": "30s"},
        {"expression": "total + 1", "output": "total"},
        {"run": "make all", "when": "total > 3", "retry": {"max_attempts": 3}},
        {"url": "https://example.test/items", "query": {"page": "${total}"}},
    ]
    nodes = [{"id": f"step{i}", **kinds[i % len(kinds)]} for i in range(count)]
    header = ["variables:", "  - {name: total, type: number, default: 0}"]
    return _write(folder / "many-kinds.yaml", header, nodes)


def gated(folder, count, gate):
    """`count` quick nodes, then one that waits for a file: a place to be killed at."""
    nodes = [{"id": f"step{i}", "expression": f"{i} + 1"} for i in range(count)]
    nodes.append({"id": "gate", "run": f"until test -e '{gate}'; do sleep 0.02; done"})
    return _write(folder / "gated.yaml", [], nodes)


def home(folder, count):
    """A home in which so many workflows are saved."""
    files = folder / "workflows"
    files.mkdir(parents=True)
    for i in range(count):
        nodes = [{"id": "fetch", "run": f"echo {i}"}, {"id": "report", "run": "echo done"}]
        _write(files / f"w{i:05}.yaml", [f"description: number {i}"], nodes)
    return folder


def two_versions(folder):
    """Two texts of one workflow."""
    texts = [folder / "saved-one.yaml", folder / "saved-two.yaml"]
    for text in texts:
        text.write_text(f"name: saved\ndescription: {text.stem}\nnodes: [{{id: a, run: 'true'}}]\n")
    return texts


def talker(folder, size):
    """A step that writes so many bytes."""
    line = "a line of output, one of many: number 1234567890"
    nodes = [{"id": "talk", "run": f"yes '{line}' | head -c {size}", "parse": "none"}]
    return _write(folder / "talker.yaml", [], nodes)


def dagu_chain(folder, count):
    lines = ["steps:"]
    for i in range(count):
        lines += [f"  - name: step{i}", '    command: "true"']
    path = folder / "dagu-chain.yaml"
    path.write_text("\n".join(lines) + "\n")
    return path
