"""Looks for secrets in all that a command says and writes while it runs, and in what it leaves."""

import pathlib
import subprocess
import sys

from spellings import sightings


class Search:
    def __init__(self, goflow, folder, secrets):
        self.goflow = goflow
        self.folder = pathlib.Path(folder)
        self.secrets = secrets  # by name
        self.faults = []
        self.looks_at_processes = 0

    def look(self, where, haystack):
        self.faults += [f"{what} is in {where}" for what in sightings(haystack, self.secrets)]

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

    def run(self, *words, given=None, expected=0, environment=None, tells=False):
        """What is given comes on stdin only after a look at the arguments, unless those tell."""
        called = "goflow " + " ".join(words)
        process = subprocess.Popen(
            [self.goflow, *words], cwd=self.folder, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if not tells:
            self.look_at_arguments(process, called)
        while True:
            try:
                out, err = process.communicate(given, timeout=0.02)
                break
            except subprocess.TimeoutExpired:
                given = None  # it is on its way already
                if not tells:
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
