#!/usr/bin/env python3
"""Runs goflow where it may not read or write: it says so, and nothing is half done."""

import os
import pathlib
import sys
import tempfile

from checks import WORKFLOW, Checks

NOBODY = 65534


def check_read_only_home(checks):
    """What was remembered stays, and nobody is told that it went well."""
    os.chmod(checks.folder, 0o777)
    checks.expect_success("run", "report.yaml", "--quiet")
    history = checks.home / "goflow.db"
    whole = history.read_bytes()
    checks.home.chmod(0o555)
    history.chmod(0o444)
    for words in (["run", "report.yaml"], ["exec", "list"], ["exec", "delete", "--yes", "@latest"]):
        checks.expect_failure("cannot use the history", *words)
    checks.expect(history.read_bytes() == whole, "the history has changed")
    history.chmod(0o600)
    checks.home.chmod(0o700)
    checks.expect_success("exec", "show", "@latest")


def check_credentials_in_read_only_home(checks):
    """They are read, and whoever cannot write is told before a value is lost."""
    key = checks.folder / "key"
    key.write_text("5e" * 32)
    os.chown(key, NOBODY if os.geteuid() == 0 else -1, -1)
    key.chmod(0o600)
    os.environ.update(GOFLOW_KEYRING="file", GOFLOW_KEYRING_KEY_FILE=str(key))
    (checks.folder / "value").write_text("a-token")
    from_file = ["--from-file", checks.folder / "value"]
    checks.expect_success("cred", "set", "github", "--kind", "token", *from_file)
    before = (checks.home / "credentials.enc").read_bytes()
    checks.home.chmod(0o555)
    checks.expect_failure("permission denied", "cred", "set", "gitlab", *from_file, code=4)
    got = checks.run("cred", "get", "github")
    checks.expect(got.stdout == "a-token", "the value cannot be read", got)
    checks.expect((checks.home / "credentials.enc").read_bytes() == before, "the file has changed")
    listed = checks.run("cred", "list", "--json=key,kind")
    checks.expect(
        listed.stdout == '[{"key":"github","kind":"token"}]\n' and not listed.stderr,
        "the credentials are not listed", listed)
    checks.expect_success("cred", "list", "--check")
    checks.expect_success("cred", "test", "github")
    checks.expect_failure("cannot use the history", "cred", "delete", "github", "--yes")
    checks.home.chmod(0o700)
    checks.expect_success("cred", "set", "gitlab", *from_file)
    checks.expect_no_leftovers()


def main():
    goflow = str(pathlib.Path(sys.argv[1]).resolve())
    # For root there are no permissions.
    somebody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        checks = Checks(goflow, folder, **somebody)
        readable = checks.folder / "report.yaml"
        readable.write_text(WORKFLOW)
        secret = checks.folder / "secret.yaml"
        secret.write_text(WORKFLOW)
        secret.chmod(0)
        os.chmod(folder, 0o555)

        checks.expect_failure("permission denied", "workflow", "save", readable)
        checks.expect_failure("permission denied", "run", readable, "--quiet")
        checks.expect_failure("permission denied", "run", secret)
        checks.expect_failure("permission denied", "workflow", "graph", readable, "-o", "report.svg")
        checks.expect_no_leftovers()
        checks.expect(not checks.home.exists(), "half a home is left")
        checks.expect_success("workflow", "validate", readable)
        os.chmod(folder, 0o755)
        secret.chmod(0o600)
        check_read_only_home(checks)
        check_credentials_in_read_only_home(checks)
        checks.finish()


if __name__ == "__main__":
    main()
