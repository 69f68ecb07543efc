"""Where a secret must not be: searched in every spelling that a program would give it."""

import base64
import pathlib
import subprocess
import sys
import urllib.parse


def spellings(secret):
    """The value itself, in base64 at each alignment, and as part of an URL or of JSON."""
    raw = secret.encode()
    found = {raw, raw.hex().encode(), secret.replace('"', '\\"').encode()}
    for lead in range(3):
        # Letters that depend on the neighbours of the value are left out.
        whole = base64.b64encode(b"x" * lead + raw)
        inner = whole[4 if lead else 0:len(whole) - 4]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    quoted = urllib.parse.quote(secret, safe="")
    found |= {quoted.encode(), quoted.replace("%20", "+").encode()}
    found |= {part.lower() for part in list(found) if b"%" in part}
    return found


class Search:
    def __init__(self, goflow, folder, secrets):
        self.goflow = goflow
        self.folder = pathlib.Path(folder)
        self.needles = {needle for secret in secrets for needle in spellings(secret)}
        self.faults = []
        self.looks_at_processes = 0

    def look(self, where, haystack):
        if any(needle in haystack for needle in self.needles):
            self.faults.append(f"a secret is in {where}")

    def look_at_arguments(self, process, called):
        """Of the process and of whatever it started."""
        pids = [process.pid]
        for pid in pids:
            root = pathlib.Path(f"/proc/{pid}")
            try:
                self.look(f"the arguments of '{called}'", (root / "cmdline").read_bytes())
                pids += map(int, (root / f"task/{pid}/children").read_text().split())
                self.looks_at_processes += 1
            except OSError:
                continue  # it has ended

    def run(self, *words, given=None, expected=0, environment=None):
        """What is given comes on stdin only after a look at the arguments."""
        called = "goflow " + " ".join(words)
        process = subprocess.Popen(
            [self.goflow, *words], cwd=self.folder, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.look_at_arguments(process, called)
        while True:
            try:
                out, err = process.communicate(given, timeout=0.02)
                break
            except subprocess.TimeoutExpired:
                given = None  # it is on its way already
                self.look_at_arguments(process, called)
        self.look(f"the stderr of '{called}'", err)
        if process.returncode != expected:
            self.faults.append(f"'{called}' ended with {process.returncode}: {err.decode()}")
        return out

    def run_quietly(self, *words, **how):
        """A command that shows no value."""
        self.look("the stdout of 'goflow " + " ".join(words) + "'", self.run(*words, **how))

    def look_at_files(self):
        for path in self.folder.rglob("*"):
            self.look(f"the name of a file: '{path}'", path.name.encode())
            if path.is_file():
                self.look(f"'{path}'", path.read_bytes())

    def finish(self):
        if not self.looks_at_processes:
            self.faults.append("no process was looked at")
        if self.faults:
            sys.exit("\n".join(self.faults))
