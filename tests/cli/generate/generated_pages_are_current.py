#!/usr/bin/env python3
"""Fails when the committed man pages and completions are not what the commands say."""

import difflib
import pathlib
import subprocess
import sys
import tempfile


def texts(folder):
    return {path.name: path.read_text() for path in pathlib.Path(folder).glob("*")}


def differences(committed, generated):
    for name in sorted(committed.keys() | generated.keys()):
        yield from difflib.unified_diff(
            committed.get(name, "").splitlines(), generated.get(name, "").splitlines(),
            f"committed/{name}", f"generated/{name}", lineterm="")


def main():
    goflow, root = sys.argv[1], pathlib.Path(sys.argv[2])
    lines = []
    for what in ("man", "completions"):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([goflow, "__generate", what, folder], check=True)
            lines += differences(texts(root / what), texts(folder))
    if lines:
        print(*lines, sep="\n")
        sys.exit("the committed pages are not current; bring them up to date: make generate")


if __name__ == "__main__":
    main()
