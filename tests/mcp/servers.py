#!/usr/bin/env python3
"""Calls tools of MCP servers that others wrote.

    servers.py GOFLOW
"""

import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from mcp_servers import EVERYTHING, FILESYSTEM  # noqa: E402


def run(goflow, home, workflow, **inputs):
    words = [goflow, "run", HERE / workflow, "--quiet"]
    for name, value in inputs.items():
        words += ["--input", f"{name}={value}"]
    done = subprocess.run(
        words, env={**os.environ, "GOFLOW_HOME": str(home)}, capture_output=True, text=True,
        timeout=60)
    if done.returncode != 0:
        sys.exit(f"{workflow}: exit {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


@contextlib.contextmanager
def behind_address(kind):
    """A server that speaks over HTTP, at a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["node", EVERYTHING, kind], env={**os.environ, "PORT": str(port)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def check(what, expected):
    for name, value in expected.items():
        if what[name] != value:
            sys.exit(f"{name}: {what[name]!r}, not {value!r}")


def main():
    goflow = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        (folder / "files").mkdir()
        files = run(goflow, folder / "home", "files.yaml", server=FILESYSTEM, folder=folder / "files")
        check(files, {"read": "42", "wrong": "execution"})
        if "outside allowed directories" not in files["outside"]:
            sys.exit(f"a file outside was not refused: {files['outside']}")
        everything = run(goflow, folder / "home", "everything.yaml", server=EVERYTHING)
        check(everything, {
            "echo": "Echo: 7", "sum": "The sum of 2.5 and 4 is 6.5.",
            "shaped": ["conditions", "humidity", "temperature"],
            "picture": ["text", "image", "text"], "around": ["blue", []], "links": 3,
            "refused": "execution", "unknown": "did you mean 'get-sum'?", "slow": "timeout",
            "again": "Echo: still there"})
        with behind_address("streamableHttp") as new, behind_address("sse") as old:
            web = run(goflow, folder / "home", "web.yaml", http=f"{new}/mcp", sse=f"{old}/sse")
        check(web, {
            "echo": "Echo: 7", "sum": "The sum of 2.5 and 4 is 6.5.", "patient": True,
            "refused": "execution", "slow": "timeout", "again": "Echo: still there"})
        here = subprocess.run(["pgrep", "-f", str(EVERYTHING)], capture_output=True)
        if here.returncode == 0:
            sys.exit("a server outlived its run")


if __name__ == "__main__":
    main()
