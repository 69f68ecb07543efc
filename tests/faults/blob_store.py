#!/usr/bin/env python3
"""Runs with large values whose blob store is full, read-only, away or has other keys: they go on
without it and say so once, and what was stored before can still be read."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys

from checks import Checks
from own_mounts import run_with_own_mounts

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from s3_server import s3_server  # noqa: E402

PHOTOS = ROOT / "tests" / "blackbox" / "fixtures" / "photos.yaml"
RESULT = '{"length":100000,"bytes":"100000","exported":"100000","plain":"fine"}\n'


def mount(*words):
    subprocess.run(["mount", *map(str, words)], check=True)


@contextlib.contextmanager
def settings(**values):
    before = dict(os.environ)
    os.environ.update({name: str(value) for name, value in values.items()})
    yield
    os.environ.clear()
    os.environ.update(before)


def check_goes_on(checks, cause):
    """The run has its result, its history is whole, and one warning names store and cause."""
    result = checks.run("run", PHOTOS)
    checks.expect(result.stdout == RESULT, f"{cause}: another result: {result.stdout}", result)
    about_values = "warning: large values stay in the history: "
    warnings = [line for line in result.stderr.splitlines() if line.startswith(about_values)]
    checks.expect(
        len(warnings) == 1 and cause in warnings[0], f"{cause}: warned of {warnings}", result)
    shown = checks.run("exec", "show", "@latest", "--json=nodes,claims")
    record = json.loads(shown.stdout)
    checks.expect(record["claims"] == [], f"{cause}: there are claims", shown)
    checks.expect(
        record["nodes"][0]["outputs"] == 100_000 * "x", f"{cause}: the value is not in the history")


def check_is_stored(checks, what):
    result = checks.run("run", PHOTOS)
    checks.expect(result.stdout == RESULT and not "warning" in result.stderr, what, result)
    claims = checks.run("exec", "show", "@latest", "--json=claims")
    checks.expect('"/nodes/0/outputs"' in claims.stdout, f"{what}: no claim", claims)


def check_unhealthy(checks, cause):
    health = checks.run("blobs", "health", "--json")
    told = json.loads(health.stdout or "{}")
    checks.expect(
        health.returncode == 1 and told.get("status") == "unhealthy" and cause in told.get(
            "claimcheck", {}).get("error", ""), f"{cause}: health says {health.stdout}", health)


def check_full(checks):
    base = checks.folder / "full"
    base.mkdir()
    mount("-t", "tmpfs", "-o", "size=16k", "tmpfs", base)
    (base / "filler").write_bytes(bytes(12 * 1024))
    with settings(BLOB_STORAGE_PATH=base, CLAIMCHECK_COMPRESSION_ENABLED="false"):
        check_goes_on(checks, "no space left")
        checks.expect(
            [path for path in base.rglob("*") if path.is_file()] == [base / "filler"],
            "something half done is left in the full store")
        mount("-o", "remount,size=1m", base)
        check_is_stored(checks, "a store that has room again")


def check_read_only(checks):
    base = checks.folder / "read-only"
    with settings(BLOB_STORAGE_PATH=base):
        text = checks.folder / "text"
        text.write_text("kept before")
        key = checks.run("blobs", "put", text).stdout.strip()
        mount("--bind", base, base)
        mount("-o", "remount,bind,ro", base)
        check_goes_on(checks, "read-only file system")
        check_unhealthy(checks, "read-only file system")
        got = checks.run("blobs", "get", key)
        checks.expect(got.stdout == "kept before", "a read-only store cannot be read", got)
        subprocess.run(["umount", base], check=True)
        check_is_stored(checks, "a store that can be written again")


def check_away(checks):
    with settings(BLOB_STORAGE_TYPE="s3", R2_BUCKET="team", R2_ENDPOINT="http://127.0.0.1:1",
                  R2_ACCESS_KEY_ID="id", R2_SECRET_ACCESS_KEY="secret"):
        check_goes_on(checks, "s3 stat failed")
        check_unhealthy(checks, "s3 health check failed")


def keep_keys(checks, names, secret):
    for name, value in zip(names, ("S3RVER", secret)):
        (checks.folder / "key").write_text(value)
        checks.expect_success("cred", "set", name, "--from-file", checks.folder / "key")


def check_keys_in_keyring(checks):
    """Of the user's own choice, or by the names that are looked for."""
    key_file = checks.folder / "keyring-key"
    key_file.write_text("5e" * 32)
    key_file.chmod(0o600)
    by_default = ("blob-storage/access-key-id", "blob-storage/secret-access-key")
    with s3_server(checks.folder) as endpoint, settings(
            GOFLOW_KEYRING="file", GOFLOW_KEYRING_KEY_FILE=key_file, BLOB_STORAGE_TYPE="r2",
            R2_BUCKET="bucket", R2_ENDPOINT=endpoint, R2_REGION="us-east-1"):
        checks.expect_failure("R2_ACCESS_KEY_ID is required", "run", PHOTOS, "--quiet", code=4)
        keep_keys(checks, by_default, "S3RVER")
        check_is_stored(checks, "a bucket whose keys are in the keyring")
        checks.expect_success("blobs", "health")
        keep_keys(checks, ("team/id", "team/secret"), "another")
        for setting, name in (("access_key_id", "team/id"), ("secret_access_key", "team/secret")):
            checks.expect_success("config", "set", f"blob_storage.{setting}_credential", name)
        check_goes_on(checks, "403")
        check_unhealthy(checks, "403")


def check(goflow, folder):
    for number, look in enumerate((check_full, check_read_only, check_away, check_keys_in_keyring)):
        place = pathlib.Path(folder) / str(number)
        place.mkdir()
        checks = Checks(goflow, place)
        look(checks)
        checks.finish()


if __name__ == "__main__":
    run_with_own_mounts(check)
