"""Lets workers empty a queue while some of them are killed, and shows that each run is run once.

    workers.py --goflow build/release/cli/goflow [--runs 10000] [--workers 8] [--kills 2] [--seed N]

The queue is filled by copies of one execution that goflow itself has left to a worker. Workers are
killed with SIGKILL at random, and each is replaced. In the end every run has completed, none waits
any more, and no step left more traces than the record has attempts of it: a step that was recorded
as completed never ran again. Then runs of a workflow that allows three at once are watched, and
runs that only compute are timed.
"""

import contextlib
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

import chaos
from chaos import Fault, must

HERE = pathlib.Path(__file__).resolve().parent
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LIMIT = 3  # as limited.yaml says


class Home:
    """A home with a queue, and the workers that live in it."""

    def __init__(self, goflow, folder):
        folder.mkdir()
        self.goflow = goflow
        self.trace = folder / "trace"
        self.trace.touch()
        self.log = (folder / "log").open("ab")
        self.database = folder / "home" / "goflow.db"
        self.environment = {**os.environ, "GOFLOW_HOME": str(folder / "home")}

    def fill(self, workflow, runs, inputs=()):
        words = [self.goflow, "exec", "create", HERE / workflow]
        for text in inputs:
            words += ["--input", text]
        subprocess.run(words, env=self.environment, check=True, stdout=subprocess.DEVNULL)
        with contextlib.closing(sqlite3.connect(self.database)) as connection, connection:
            table = connection.execute("SELECT name FROM pragma_table_info('executions')")
            columns = [name for (name,) in table if name != "id"]
            listed = ", ".join(columns)
            ((first,),) = connection.execute("SELECT id FROM executions").fetchall()
            ids = [(copied_id(first, number),) for number in range(1, runs)]
            connection.executemany(
                f"INSERT INTO executions (id, {listed}) SELECT ?, {listed} FROM executions "
                f"WHERE id = '{first}'",
                ids,
            )
            connection.executemany(
                "INSERT INTO run_queue (execution_id, workflow_id, max_active_runs) "
                f"SELECT ?, workflow_id, max_active_runs FROM run_queue WHERE execution_id = '{first}'",
                ids,
            )

    def worker(self):
        words = [self.goflow, "worker", "--drain", "--quiet", "--concurrency", "1"]
        return subprocess.Popen(
            words, env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log
        )

    def query(self, text):
        with contextlib.closing(sqlite3.connect(self.database, timeout=30)) as connection:
            return connection.execute(text).fetchall()

    def waiting(self):
        ((runs,),) = self.query("SELECT count(*) FROM run_queue")
        return runs

    def check_all_completed(self, runs):
        statuses = dict(self.query("SELECT status, count(*) FROM executions GROUP BY status"))
        must(statuses == {"completed": runs}, f"not every run has completed: {statuses}")
        must(self.waiting() == 0, "the queue is not empty")
        must(self.query("PRAGMA integrity_check") == [("ok",)], "the database is damaged")

    def check_traces(self):
        """A step may leave a trace in each attempt of it, and never more."""
        traces = {}
        for line in self.trace.read_text().splitlines():
            traces[line] = traces.get(line, 0) + 1
        rows = self.query("SELECT execution_id || ' ' || node_id, attempt FROM node_executions")
        for step, attempt in rows:
            times = traces.pop(step, 0)
            must(1 <= times <= attempt, f"'{step}' ran {times} times in {attempt} attempts")
        must(not traces, f"{len(traces)} steps ran that nobody recorded")


def copied_id(first, number):
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return first[:-6] + digits


def empty(home, workers, kills, chance):
    """The seconds until all workers have ended of themselves. They are killed at random points of
    the way through the queue, so that each kill finds one at work however fast the machine is."""
    started = time.monotonic()
    processes = [home.worker() for _ in range(workers)]
    waiting = home.waiting()
    killed_at = sorted(chance.uniform(0.3, 0.9) * waiting for _ in range(kills))
    while processes:
        time.sleep(0.01)
        if killed_at and home.waiting() <= killed_at[-1]:
            victim = processes.pop(chance.randrange(len(processes)))
            victim.kill()
            must(victim.wait() == -9, "a worker ended by itself with most of the queue left")
            killed_at.pop()
            processes.append(home.worker())
        codes = [process.poll() for process in processes]
        must(set(codes) <= {None, 0}, f"a worker ends with exit code {set(codes)}")
        processes = [process for process in processes if process.returncode is None]
    must(not killed_at, f"the queue was empty with {len(killed_at)} kills left")
    return time.monotonic() - started


def most_at_once(trace):
    most = now = 0
    for line in trace.read_text().splitlines():
        now += 1 if line == "begin" else -1
        most = max(most, now)
    return most


def exactly_once(arguments, folder, chance):
    home = Home(arguments.goflow, folder / "killed")
    home.fill("queued.yaml", arguments.runs, [f"trace={home.trace}"])
    seconds = empty(home, arguments.workers, arguments.kills, chance)
    home.check_all_completed(arguments.runs)
    home.check_traces()
    print(
        f"{arguments.runs} runs of two steps, {arguments.workers} workers, {arguments.kills} kills: "
        f"each completed once in {seconds:.1f} s, {arguments.runs / seconds:.0f} runs/s",
        flush=True,
    )


def never_too_many(arguments, folder, chance):
    home = Home(arguments.goflow, folder / "limited")
    home.fill("limited.yaml", 60, [f"trace={home.trace}"])
    empty(home, arguments.workers, 0, chance)
    home.check_all_completed(60)
    most = most_at_once(home.trace)
    must(most == LIMIT, f"{most} runs went on at once, not {LIMIT}")
    print(f"60 runs of a workflow that allows {LIMIT} at once: never more, and so many", flush=True)


def at_what_speed(arguments, folder, chance):
    home = Home(arguments.goflow, folder / "pure")
    home.fill("pure.yaml", arguments.runs)
    seconds = empty(home, arguments.workers, 0, chance)
    home.check_all_completed(arguments.runs)
    print(f"{arguments.runs} runs that only compute: {arguments.runs / seconds:.0f} runs/s")


def main():
    arguments = chaos.arguments("kill workers while they empty a queue", runs=10000, workers=8, kills=2)
    chance = random.Random(arguments.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="goflow-workers-"))
    try:
        exactly_once(arguments, folder, chance)
        never_too_many(arguments, folder, chance)
        at_what_speed(arguments, folder, chance)
    except Fault as fault:
        print(f"error: {fault}\nhint: see what was left in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
