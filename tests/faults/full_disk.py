#!/usr/bin/env python3
"""Runs goflow on a disk that is full: what was there stays, and what could not be written is said."""

import os
import pathlib
import subprocess
import sys
import tempfile

from checks import WORKFLOW, Checks

INSIDE = "--inside"


def fill(folder):
    filler = os.open(folder / "filler", os.O_CREAT | os.O_WRONLY)
    try:
        while True:
            os.write(filler, b"x" * 4096)
    except OSError:
        os.close(filler)


def check(goflow, folder):
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=True)
    checks = Checks(goflow, folder)
    small = checks.folder / "report.yaml"
    small.write_text(WORKFLOW)
    checks.expect_success("workflow", "save", small)
    checks.expect_success("run", "report", "--quiet")
    small.write_text(WORKFLOW + "# " + 20_000 * "x" + "\n")
    fill(checks.folder)

    checks.expect_failure("no space left", "workflow", "save", small, "--force")
    checks.expect_no_leftovers()
    saved = checks.home / "workflows" / "report.yaml"
    checks.expect(saved.read_text() == WORKFLOW, "the saved workflow is not as it was")
    checks.expect_failure("no space left", "workflow", "graph", "report", "-o", "report.svg")
    checks.expect(not (checks.folder / "report.svg").exists(), "half a picture is left")
    checks.expect_failure("no space left", "run", "report", "--quiet")

    (checks.folder / "filler").unlink()
    checks.expect_success("workflow", "save", small, "--force")
    checks.expect_success("run", "report", "--quiet")
    listed = checks.run("exec", "list", "--json=status").stdout
    checks.expect("completed" in listed, f"history cannot be read afterwards: {listed}")
    checks.finish()


def main():
    if sys.argv[1] == INSIDE:
        return check(*sys.argv[2:])
    goflow = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        # A mount of our own, which nobody else sees and which goes with the process.
        namespace = ["unshare", "--mount"] + (["--map-root-user"] if os.geteuid() != 0 else [])
        command = [*namespace, sys.executable, "-B", __file__, INSIDE, goflow, folder]
        sys.exit(subprocess.run(command).returncode)


if __name__ == "__main__":
    main()
