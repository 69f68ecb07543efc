#!/usr/bin/env python3
"""Runs goflow on a disk that is full: what was there stays, and what could not be written is said."""

import os
import pathlib
import subprocess

from checks import WORKFLOW, Checks
from own_mounts import run_with_own_mounts


def fill(folder):
    filler = os.open(folder / "filler", os.O_CREAT | os.O_WRONLY)
    try:
        while True:
            os.write(filler, b"x" * 4096)
    except OSError:
        os.close(filler)


# A step fills the disk, once; the others have more to tell than the log of the database has room.
GREEDY = """name: greedy
nodes:
  - {id: before, run: echo before >> trace}
  - {id: fill, run: "test -e once || { touch once; cat /dev/zero > filler; }", on_error: continue}
  - {id: each, collection: 20, body: [{id: tell, run: "head -c 4000 /dev/zero | tr '\\0' x"}]}
return: told
"""


def check_run(checks):
    """In the middle of a run: it stops there, and goes on once there is room."""
    greedy = checks.folder / "greedy.yaml"
    greedy.write_text(GREEDY)
    checks.expect_failure("no space left", "run", greedy, "--quiet")
    (checks.folder / "filler").unlink()
    listed = checks.run("exec", "list", "-n", "1", "--json=interrupted")
    checks.expect('"interrupted":true' in listed.stdout, "the run cannot be resumed", listed)
    checks.expect_success("exec", "resume", "@latest", "--quiet")
    trace = (checks.folder / "trace").read_text()
    checks.expect(trace == "before\n", f"a completed step has run twice: {trace!r}")
    (checks.folder / "filler").unlink(missing_ok=True)


def check_first_start(goflow, folder):
    """No room for a history: there is none, or a whole one once there is room."""
    folder.mkdir()
    tmpfs = ["tmpfs", folder]
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", *tmpfs], check=True)
    checks = Checks(goflow, folder)
    (folder / "report.yaml").write_text(WORKFLOW)
    for _ in range(2):
        checks.expect_failure("no space left", "run", "report.yaml", "--quiet")
    subprocess.run(["mount", "-o", "remount,size=8m", *tmpfs], check=True)
    checks.expect_success("run", "report.yaml", "--quiet")
    checks.finish()


def keep_credential(checks):
    key = checks.folder / "key"
    key.write_text("5e" * 32)
    key.chmod(0o600)
    os.environ.update(GOFLOW_KEYRING="file", GOFLOW_KEYRING_KEY_FILE=str(key))
    (checks.folder / "value").write_text("old-token")
    checks.expect_success("cred", "set", "github", "--from-file", checks.folder / "value")
    (checks.folder / "value").write_text("new-token" * 1000)


def check_credential_kept(checks):
    """The old file stays as it is, and so does the old value where there is no room for two."""
    before = (checks.home / "credentials.enc").read_bytes()
    for words in (["set", "github"], ["set", "gitlab"], ["rotate", "github"]):
        words += ["--from-file", checks.folder / "value"]
        result = checks.run("cred", *words)
        checks.expect(result.returncode in (1, 4), "a credential was written", result)
        checks.expect("\nhint: " in result.stderr, "there is no hint", result)
    checks.expect_failure(
        "no space left", "cred", "set", "gitlab", "--from-file", checks.folder / "value", code=4)
    after = (checks.home / "credentials.enc").read_bytes()
    checks.expect(after == before, "the encrypted file has changed")
    got = checks.run("cred", "get", "github")
    checks.expect(got.stdout == "old-token", "the value is gone", got)
    checks.expect_no_leftovers()


def check(goflow, folder):
    check_first_start(goflow, pathlib.Path(folder) / "small")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=True)
    checks = Checks(goflow, folder)
    small = checks.folder / "report.yaml"
    small.write_text(WORKFLOW)
    checks.expect_success("workflow", "save", small)
    checks.expect_success("run", "report", "--quiet")
    small.write_text(WORKFLOW + "# " + 20_000 * "x" + "\n")
    keep_credential(checks)
    fill(checks.folder)

    check_credential_kept(checks)
    checks.expect_failure("no space left", "workflow", "save", small, "--force")
    checks.expect_no_leftovers()
    saved = checks.home / "workflows" / "report.yaml"
    checks.expect(saved.read_text() == WORKFLOW, "the saved workflow is not as it was")
    checks.expect_failure("no space left", "workflow", "graph", "report", "-o", "report.svg")
    checks.expect(not (checks.folder / "report.svg").exists(), "half a picture is left")
    checks.expect_failure("no space left", "run", "report", "--quiet")

    (checks.folder / "filler").unlink()
    check_run(checks)
    checks.expect_success("workflow", "save", small, "--force")
    checks.expect_success("run", "report", "--quiet")
    listed = checks.run("exec", "list", "--json=status").stdout
    checks.expect("completed" in listed, f"history cannot be read afterwards: {listed}")
    checks.finish()


if __name__ == "__main__":
    run_with_own_mounts(check)
