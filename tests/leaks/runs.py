#!/usr/bin/env python3
"""Runs workflows that say their credentials aloud, and looks for them wherever goflow writes.

    runs.py GOFLOW
"""

import os
import pathlib
import pty
import subprocess
import sys
import tempfile
import time

from spellings import sightings

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from http_server import Server  # noqa: E402
import mcp_http_server  # noqa: E402
from mcp_servers import EVERYTHING  # noqa: E402

SECRETS = {
    "token": 'tok3n/with+odd="marks"',
    "shared": "shared-by-all-of-the-workflow",
    "key": "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nBAQEFAASCBKcwggSjAgEAAoIB\n-----END KEY-----",
    "password": "correct horse battery staple",
}
# What may be shown of the others.
LOGIN = '{"user": "ann", "password": "correct horse battery staple"}'
PATIENCE_S = 60


class Home:
    """Where goflow runs, and all that it wrote anywhere."""

    def __init__(self, goflow, folder):
        self.goflow = goflow
        self.folder = pathlib.Path(folder)
        self.home = self.folder / "home"
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        key_file = self.folder / "key"
        key_file.write_text(os.urandom(32).hex() + "\n")
        key_file.chmod(0o600)
        self.environment = {
            **os.environ, "GOFLOW_HOME": str(self.home), "TMPDIR": str(self.temporary),
            "GOFLOW_KEYRING": "file", "GOFLOW_KEYRING_KEY_FILE": str(key_file)}
        self.said = {}  # by who said it

    def run(self, *words, expected=0, stdin=b""):
        called = "goflow " + " ".join(words)
        result = subprocess.run(
            [self.goflow, *words], input=stdin, capture_output=True, cwd=self.folder,
            env=self.environment, timeout=PATIENCE_S)
        self.said[called + ", stdout"] = result.stdout
        self.said[called + ", stderr"] = result.stderr
        if result.returncode != expected:
            sys.exit(f"{called}: exit {result.returncode}, not {expected}\n"
                     + result.stderr.decode())
        return result.stdout.decode()

    def run_on_terminal(self, *words):
        """All that a person would see of it, the tree of progress above all."""
        seen = []

        def read(descriptor):
            data = os.read(descriptor, 65536)
            seen.append(data)
            return b""

        child = pty.fork()
        if child[0] == 0:
            os.chdir(self.folder)
            os.execve(self.goflow, ["goflow", *words], {**self.environment, "TERM": "xterm-256color"})
        try:
            while True:
                read(child[1])
        except OSError:
            pass  # the end of a terminal
        os.waitpid(child[0], 0)
        os.close(child[1])
        self.said["terminal of goflow " + " ".join(words)] = b"".join(seen)

    def start(self, *words):
        return subprocess.Popen(
            [self.goflow, *words], cwd=self.folder, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def store(self, name, value, *words):
        self.run("cred", "set", name, "--raw", *words, stdin=value.encode())


def command_lines():
    lines = {}
    for process in pathlib.Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                lines[process.name] = (process / "cmdline").read_bytes()
            except OSError:
                pass  # it has ended meanwhile
    return lines


def wait_for(path):
    give_up = time.monotonic() + PATIENCE_S
    while not path.exists():
        if time.monotonic() > give_up:
            sys.exit(f"{path.name} never came")
        time.sleep(0.02)


def look_at_running(home):
    """At the arguments of all processes while one has the credentials in its environment."""
    run = home.start("run", str(HERE / "holding.yaml"), "--quiet")
    wait_for(home.folder / "holding")
    lines = command_lines()
    if str(run.pid) not in lines:
        sys.exit("goflow does not run")
    if not any(str(EVERYTHING).encode() in line for line in lines.values()):
        sys.exit("its server does not run")
    (home.folder / "go-on").touch()
    if run.wait(PATIENCE_S) != 0:
        sys.exit("what held the credentials has failed")
    return {f"arguments of process {pid}": line for pid, line in lines.items()}


def written_files(home):
    return {str(path): path.read_bytes()
            for folder in (home.home, home.temporary)
            for path in folder.rglob("*") if path.is_file()}


def main():
    goflow = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        home = Home(goflow, folder)
        server = Server()
        home.environment["API"] = f"http://127.0.0.1:{server.port}"
        home.environment["MCP_API"] = f"http://127.0.0.1:{mcp_http_server.Server().port}"
        home.environment["MCP_SERVER"] = str(EVERYTHING)
        for name in ("token", "shared", "key"):
            home.store(name, SECRETS[name])
        home.store("login", LOGIN, "--structured", "--public", "user")

        aloud = str(HERE / "aloud.yaml")
        home.run("run", aloud, expected=10)
        if (home.folder / "heard").read_text() != SECRETS["token"] + "\n":
            sys.exit("the step did not get its credential")
        if not sightings((home.folder / "heard").read_bytes(), SECRETS):
            sys.exit("a credential that stands there is not found")
        home.run("run", aloud, "--events", expected=10)
        home.run("run", aloud, "--json", expected=10)
        home.run_on_terminal("run", aloud)
        for words in (["exec", "show", "@latest"], ["exec", "show", "@latest", "--json"],
                      ["exec", "show", "@latest", "--variables"], ["exec", "logs", "@latest"],
                      ["exec", "list", "--json"], ["exec", "export", "@latest"],
                      ["cred", "list"], ["cred", "list", "--json"], ["doctor"]):
            home.run(*words)
        home.run("exec", "retry", "@latest", expected=10)
        seen = {**home.said, **look_at_running(home), **written_files(home)}

        leaks = [f"{place}: {what}" for place, data in seen.items()
                 for what in sightings(data, SECRETS)]
        if leaks:
            sys.exit("credentials were found in\n  " + "\n  ".join(leaks))
        masks = sum(data.count(b"***") for data in seen.values())
        if masks < 100:
            sys.exit(f"only {masks} masks: what was to be said was not said")
        print(f"{len(SECRETS)} credentials, {len(seen)} places, {masks} masks: nothing leaked")


if __name__ == "__main__":
    main()
