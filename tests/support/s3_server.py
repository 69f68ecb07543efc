"""A server of S3 for a while, which checks signatures; its keys are S3RVER and S3RVER."""

import contextlib
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "tests" / "s3" / "s3_server.js"
S3RVER = ROOT / "build" / "s3rver" / "node_modules" / "@20minutes" / "s3rver"


@contextlib.contextmanager
def s3_server(folder):
    """Its endpoint; what it stores lies in the folder."""
    server = subprocess.Popen(
        ["node", "--openssl-legacy-provider", PROGRAM, S3RVER, folder / "s3", "0"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    finally:
        server.stdin.close()
        server.wait()
        server.stdout.close()
