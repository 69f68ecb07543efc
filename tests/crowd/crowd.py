"""Lets many processes run workflows in one home at once and shows that each run is recorded whole.

    crowd.py --goflow build/release/cli/goflow [--processes 64] [--seconds 60]

Each process runs the same workflow of twenty nodes again and again, each time with another number,
while one more lists the runs all the time. None may fail, or say anything but its result.
"""

import argparse
import dataclasses
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
NODES = 20
ADDED = 14  # by its nodes to the number that a run is given


class Fault(Exception):
    """goflow broke its promise."""


def must(holds, message):
    if not holds:
        raise Fault(message)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How one goflow ended."""

    exit_code: int
    stdout: str
    stderr: str


class Home:
    def __init__(self, goflow, folder):
        self.goflow = goflow
        self.database = folder / "home" / "goflow.db"
        self.environment = {**os.environ, "GOFLOW_HOME": str(folder / "home")}
        self.ends_at = 0.0
        self.outcomes = {}  # by the number that the run was given
        self.listings = []

    def call(self, *words):
        process = subprocess.run(
            [self.goflow, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=self.environment,
            check=False,
        )
        return Outcome(process.returncode, process.stdout, process.stderr)

    def run_again_and_again(self, first, step):
        number = first
        while time.monotonic() < self.ends_at:
            words = ["exec", "run", HERE / "workflow.yaml", "--input", f"number={number}", "--quiet"]
            self.outcomes[number] = self.call(*words)
            number += step

    def list_again_and_again(self):
        while time.monotonic() < self.ends_at:
            self.listings.append(self.call("exec", "list"))

    def crowd(self, processes, seconds):
        self.ends_at = time.monotonic() + seconds
        threads = [threading.Thread(target=self.list_again_and_again)]
        for i in range(processes):
            threads.append(threading.Thread(target=self.run_again_and_again, args=(i, processes)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def check_outcomes(home, processes):
    must(len(home.outcomes) >= processes, "not every process ran a workflow")
    for number, outcome in home.outcomes.items():
        expected = Outcome(0, f"{number + ADDED}\n", "")
        must(outcome == expected, f"the run with {number} ends with {outcome}")
    for listing in home.listings:
        must(listing.exit_code == 0 and not listing.stderr, f"a list ends with {listing}")


def check_record(home):
    database = sqlite3.connect(f"file:{home.database}?mode=ro", uri=True)
    (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
    must(verdict == "ok", f"the database is damaged: {verdict}")
    runs = database.execute(
        """SELECT e.status, json_extract(e.inputs, '$.number'), json_extract(e.return_value, '$'),
             (SELECT count(*) FROM node_executions n
               WHERE n.execution_id = e.id AND n.status = 'completed' AND n.attempt = 1)
           FROM executions e"""
    ).fetchall()
    must(len(runs) == len(home.outcomes), f"of {len(home.outcomes)} runs {len(runs)} are recorded")
    must({run[1] for run in runs} == set(home.outcomes), "a run is recorded with another number")
    for status, number, result, nodes in runs:
        is_whole = status == "completed" and result == number + ADDED and nodes == NODES
        must(is_whole, f"the run with {number} is recorded as {status}: {result}, {nodes} nodes")
    database.close()


def parse_arguments():
    parser = argparse.ArgumentParser(description="let many goflows work in one home at once")
    parser.add_argument("--goflow", type=pathlib.Path, required=True)
    parser.add_argument("--processes", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    arguments = parser.parse_args()
    arguments.goflow = arguments.goflow.resolve()
    return arguments


def main():
    arguments = parse_arguments()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="goflow-crowd-"))
    home = Home(arguments.goflow, folder)
    try:
        home.crowd(arguments.processes, arguments.seconds)
        check_outcomes(home, arguments.processes)
        check_record(home)
    except Fault as fault:
        print(f"error: {fault}\nhint: see what was left in {folder}")
        return 1
    shutil.rmtree(folder)
    print(
        f"{arguments.processes} processes, {len(home.outcomes)} runs,"
        f" {len(home.listings)} lists: each recorded whole, none failed"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
