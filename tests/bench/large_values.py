"""What the rows about large values need: a store full of blobs, a text, an S3 server."""

import hashlib
import os
import pathlib
import random
import shutil
import sqlite3
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import s3_server  # noqa: E402

BLOBS = 100_000
RUNS = 1_000
LONG_AGO = 1_700_000_000

RUN = """
INSERT INTO executions (id, workflow_id, workflow_version, status, created_at, started_at, completed_at)
  VALUES (?, 'nightly', '1.0', 'completed', ?, ?, ?)"""
BLOB = """
INSERT INTO blobs (key, sha256, size_bytes, stored_bytes, codec, store, state, origin, stored_at,
    touched_at)
  VALUES (?, ?, 60002, 97, 'gzip', 'filesystem:@home/blobs', 'present', 'run', ?, ?)"""
REFERENCE = """
INSERT INTO blob_refs (execution_id, owner_kind, owner_id, slot, key, encoding)
  VALUES (?, 'node', ?, 'outputs', ?, 'json')"""


def text(path, size):
    """Like what services log."""
    chance = random.Random(7)
    with path.open("w") as file:
        while file.tell() < size:
            file.write(
                f"2026-11-20T02:00:04.312Z INFO  order {chance.randrange(10**6)} was sent to "
                f"https://shop.example.com/orders, {chance.randrange(9)} items in 2 parcels\n")
    return path


def _key(sha256):
    name = bytearray(bytes.fromhex(sha256)[:16])
    name[6] = name[6] & 0x0F | 0x80
    name[8] = name[8] & 0x3F | 0x80
    digits = name.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def fill(home, now):
    """Blobs of runs that ended at this time; goflow must have made the database before."""
    connection = sqlite3.connect(home / "goflow.db", isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    runs = [f"wex-{number:026}" for number in range(RUNS)]
    connection.executemany(RUN, ((run, now, now, now) for run in runs))
    hashes = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(BLOBS)]
    keys = list(map(_key, hashes))
    connection.executemany(BLOB, ((key, sha256, now, now) for key, sha256 in zip(keys, hashes)))
    connection.executemany(
        REFERENCE,
        ((runs[number % RUNS], f"nex-{number}", key) for number, key in enumerate(keys)))
    connection.execute("COMMIT")
    connection.close()
    for key in keys:
        _lay_object(home / "blobs" / key[:2], key)


def _lay_object(shard, key):
    shard.mkdir(parents=True, exist_ok=True)
    path = shard / key
    path.touch()
    os.utime(path, (LONG_AGO, LONG_AGO))


def can_serve_s3():
    return s3_server.S3RVER.exists() and shutil.which("node") is not None
