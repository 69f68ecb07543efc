#!/usr/bin/env python3
"""Damages the history: goflow says so and how to save it, and never writes over what is left."""

import pathlib
import sys
import tempfile

from checks import WORKFLOW, Checks


def without_header(data):
    return b"\0" * 100 + data[100:]


def with_broken_schema(data):
    return data[:100] + b"\xff" * 3000 + data[3100:]


def cut_short(data):
    return data[: len(data) // 2]


def not_a_database(_):
    return b"This was a letter once.\n" * 1000


DAMAGES = [without_header, with_broken_schema, cut_short, not_a_database]


def check(checks, history, whole, damage):
    damaged = damage(whole)
    history.write_bytes(damaged)
    for words in (
        ["exec", "list"],
        ["exec", "show", "@latest"],
        ["exec", "delete", "--yes", "@latest"],
        ["exec", "prune", "--older-than", "0s", "--yes"],
        ["run", "report.yaml", "--quiet"],
    ):
        checks.expect_failure("is damaged", *words)
        result = checks.run(*words)
        checks.expect(".recover" in result.stderr, "does not say how to recover", result)
        checks.expect(history.read_bytes() == damaged, f"{damage.__name__}: written over by {words}")
    result = checks.run("doctor")
    checks.expect(result.returncode == 1, f"{damage.__name__}: doctor finds nothing", result)


def main():
    goflow = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(goflow, folder)
        (checks.folder / "report.yaml").write_text(WORKFLOW)
        for _ in range(3):
            checks.expect_success("run", "report.yaml", "--quiet")
        history = checks.home / "goflow.db"
        whole = history.read_bytes()
        for name in ("goflow.db-wal", "goflow.db-shm"):
            (checks.home / name).unlink(missing_ok=True)
        for damage in DAMAGES:
            check(checks, history, whole, damage)
        # Put back, it is as it was.
        history.write_bytes(whole)
        checks.expect_success("exec", "show", "@latest")
        checks.finish()


if __name__ == "__main__":
    main()
