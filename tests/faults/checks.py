"""What must hold whenever goflow fails: a sentence with a hint, the right exit code, nothing half done."""

import os
import pathlib
import subprocess
import sys

WORKFLOW = "name: Report\nnodes: [{id: a, run: echo done}]\nreturn: ${a}\n"


class Checks:
    def __init__(self, goflow, folder, **how_to_start):
        self.goflow = goflow
        self.folder = pathlib.Path(folder)
        self.home = self.folder / "home"
        self.how_to_start = how_to_start
        self.faults = []

    def run(self, *words):
        return subprocess.run(
            [self.goflow, *words], capture_output=True, text=True, cwd=self.folder, timeout=60,
            env={**os.environ, "GOFLOW_HOME": str(self.home)}, **self.how_to_start)

    def expect(self, holds, what, result=None):
        if holds:
            return
        tail = "" if result is None else f"\n  exit {result.returncode}: {result.stderr.strip()}"
        self.faults.append(what + tail)

    def expect_failure(self, sentence, *words, code=1):
        """One error with a hint that says `sentence`, and the exit code."""
        result = self.run(*words)
        called = "goflow " + " ".join(map(str, words))
        self.expect(result.returncode == code, f"{called}: another exit code than {code}", result)
        self.expect(
            result.stderr.startswith("error: ") and sentence in result.stderr,
            f"{called}: does not say '{sentence}'", result)
        self.expect("\nhint: " in result.stderr, f"{called}: gives no hint", result)

    def expect_success(self, *words):
        result = self.run(*words)
        self.expect(result.returncode == 0, "goflow " + " ".join(map(str, words)), result)

    def expect_no_leftovers(self):
        left = [str(path) for path in self.folder.rglob("*.tmp-*")]
        self.expect(not left, f"temporary files are left: {left}")

    def finish(self):
        if self.faults:
            sys.exit("\n".join(self.faults))
