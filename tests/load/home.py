"""A goflow home of its own for a test, and what must hold in it whenever large values went through."""

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

THRESHOLD = 51_200
SLACK = 4_096  # what a record may have beside a value that just stays


class Fault(Exception):
    """goflow broke its promise."""


def must(holds, message):
    if not holds:
        raise Fault(message)


class Home:
    def __init__(self, goflow, folder):
        self.goflow = pathlib.Path(goflow).resolve()
        self.folder = folder
        self.path = folder / "home"
        self.environment = {**os.environ, "GOFLOW_HOME": str(self.path)}

    def start(self, *words, **streams):
        return subprocess.Popen(
            [self.goflow, *map(str, words)], stdin=subprocess.DEVNULL, cwd=self.folder,
            env=self.environment, **streams)

    def call(self, *words):
        """Its stdout; it must succeed and say nothing else."""
        process = self.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        out, said = process.communicate()
        called = "goflow " + " ".join(map(str, words))
        must(process.returncode == 0, f"{called} ends with exit code {process.returncode}: {said}")
        must(not said, f"{called} says: {said}")
        return out

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def largest_row(self):
        """(bytes of all its columns, table) of the longest row of the history."""
        with self._database() as database:
            names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            return max(self._longest_row(database, name) for (name,) in names)

    def _longest_row(self, database, table):
        columns = database.execute("SELECT name FROM pragma_table_xinfo(?)", (table,)).fetchall()
        length = " + ".join(f'coalesce(length(CAST("{name}" AS BLOB)), 0)' for (name,) in columns)
        (longest,) = database.execute(f'SELECT coalesce(max({length}), 0) FROM "{table}"').fetchone()
        return longest, table

    @contextlib.contextmanager
    def _database(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.path}/goflow.db?mode=ro", uri=True)) as opened:
            yield opened

    def must_have_small_rows(self, limit=THRESHOLD + SLACK):
        longest, table = self.largest_row()
        must(longest <= limit, f"a row of '{table}' has {longest} bytes, more than {limit}")
        return longest

    def blobs(self):
        return json.loads(self.call("blobs", "list", "--all", "--json"))

    def metrics(self):
        return json.loads(self.call("blobs", "metrics", "--json"))

    def must_have_whole_blobs(self):
        self.call("blobs", "verify", "--json")

    def unfinished_files(self):
        """Those that a put or a stream has begun with, and left behind."""
        spooled = (self.path / "spool").glob("*")
        return [*spooled, *(self.path / "blobs").rglob(".*"), *self.path.rglob("*.tmp-*")]


def run_test(goflow, test):
    """The exit code of the program; the home stays when the test fails."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="goflow-load-"))
    try:
        test(Home(goflow, folder))
    except Fault as fault:
        print(f"error: {fault}\nhint: see what was left in {folder}")
        sys.exit(1)
    shutil.rmtree(folder)
