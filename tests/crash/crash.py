"""Kills goflow at random instants and shows that nothing recorded is lost or done twice.

    crash.py --goflow build/release/cli/goflow [--kills 50] [--seed N]

A run is killed with SIGKILL, continued, killed again, until it has come to its end; then the next
run begins, until there were enough kills. After each kill the history is compared with the trace
that the steps leave: no attempt runs twice, and none follows one that is recorded as completed. In
the end the record must be that of an undisturbed run. A step that was running at the kill is left
alone, as a crash would leave it, and gets another attempt.
"""

import collections
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import chaos
from chaos import Fault, must
from history import History

HERE = pathlib.Path(__file__).resolve().parent


class Run:
    """One execution in a home of its own, over all the processes that work on it."""

    def __init__(self, goflow, folder):
        self.goflow = goflow
        self.folder = folder
        self.history = History(folder / "home" / "goflow.db")
        self.trace = folder / "trace"
        self.trace.touch()
        self.environment = {**os.environ, "GOFLOW_HOME": str(folder / "home")}
        self.completed = {}  # of shell nodes: path → attempt, as recorded when last looked at

    def command(self):
        execution = self.history.execution()
        if execution is None:
            inputs = [f"step={HERE / 'step.sh'}", f"trace={self.trace}", f"program={self.goflow}"]
            words = ["run", HERE / "workflow.yaml"]
            for text in inputs:
                words += ["--input", text]
        elif execution.status == "pending":
            # Killed between its creation and its start: there is nothing to go on with.
            words = ["start", execution.id]
        else:
            words = ["resume", execution.id]
        return [self.goflow, "exec", *words, "--quiet"]

    def save_inner(self):
        """The workflow that a node of the run runs."""
        words = [self.goflow, "workflow", "save", HERE / "inner.yaml", "--quiet"]
        subprocess.run(words, env=self.environment, check=True)

    def start(self):
        log = (self.folder / "log").open("ab")
        with log:
            return subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=self.environment,
            )

    def has_ended(self):
        execution = self.history.execution()
        return execution is not None and execution.status not in ("pending", "running", "waiting")

    def traced(self, word):
        """How often each attempt of a step, (path, number), left this word: begin or end."""
        lines = (line.split() for line in self.trace.read_text().splitlines())
        said = ((path, int(number)) for first, path, number in lines if first == word)
        return collections.Counter(said)

    def check_record(self):
        """To be called whenever no goflow works on the run; a step left alone may still do so."""
        must(self.history.is_intact(), "the database is damaged")
        completed = self.history.completed_attempts()
        for path, attempt in self.completed.items():
            must(completed.get(path) == attempt, f"'{path}' was completed, and that was forgotten")
        self.completed = completed

        ended = self.traced("end")
        for path, attempt in completed.items():
            must(ended[path, attempt] == 1, f"'{path}' is recorded as completed without its end")
        for (path, attempt), times in self.traced("begin").items():
            must(times == 1, f"attempt {attempt} of '{path}' ran {times} times")
            must(attempt <= completed.get(path, attempt), f"'{path}' was completed, and ran again")


def undisturbed(goflow, folder):
    """The record every run must end with, and the seconds it takes to get there."""
    run = Run(goflow, folder)
    run.save_inner()
    started = time.monotonic()
    exit_code = run.start().wait()
    seconds = time.monotonic() - started
    must(exit_code == 0, f"the undisturbed run ends with exit code {exit_code}")
    run.check_record()
    return run.history.outcome(), seconds


def kill_or_let_end(run, delay):
    """Whether the process was still there to be killed."""
    process = run.start()
    try:
        exit_code = process.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    must(exit_code == 0, f"goflow ends with exit code {exit_code}")
    return False


def disturb(run, expected, seconds, kills_left, chance):
    """Takes one run to its end; returns how often it was killed on the way."""
    kills = 0
    while not run.has_ended():
        is_killing = kills < kills_left
        delay = chance.uniform(0, seconds) if is_killing else None
        kills += kill_or_let_end(run, delay)
        run.check_record()
    must(run.history.outcome() == expected, "the record differs from that of an undisturbed run")
    return kills


def crash_often(arguments, folder):
    chance = random.Random(arguments.seed)
    expected, seconds = undisturbed(arguments.goflow, make_folder(folder, "undisturbed"))
    kills = 0
    runs = 0
    while kills < arguments.kills:
        runs += 1
        run_folder = make_folder(folder, f"run-{runs}")
        run = Run(arguments.goflow, run_folder)
        run.save_inner()
        kills += disturb(run, expected, seconds, arguments.kills - kills, chance)
        shutil.rmtree(run_folder)
    print(f"{kills} kills over {runs} runs: nothing lost, nothing done twice")


def make_folder(parent, name):
    folder = parent / name
    folder.mkdir()
    return folder


def main():
    arguments = chaos.arguments("kill and resume goflow at random instants", kills=50)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="goflow-crash-"))
    try:
        crash_often(arguments, folder)
    except Fault as fault:
        print(f"error: {fault}\nhint: see what was left in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
