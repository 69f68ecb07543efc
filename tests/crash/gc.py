"""Collects garbage beside runs that are killed, and shows that no run misses what it refers to.

    gc.py --goflow build/release/cli/goflow [--seconds 60] [--runners 16] [--grace 20] [--seed N]

Each runner runs large.yaml again and again, with values that other runs have too and values of its
own; some runs are killed with SIGKILL and go on later. Meanwhile collectors remove what they may,
down to the values of runs that ended this moment; they are killed, too, or held up for a while.
All the time nothing that a run refers to which may go on may be gone. In the end all runs are
resumed, each has to come to the sums of its own values, and gc has to leave an empty store.
"""

import contextlib
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback

import chaos

HERE = pathlib.Path(__file__).resolve().parent
COMMON_VALUES = 16
COLLECTORS = 6
ENDED = ("completed", "failed", "cancelled", "timed_out")

# What a run refers to that may go on, in a state in which it cannot be read.
DANGLING = """
SELECT e.id, e.status, r.owner_kind, r.slot, b.key, b.state
  FROM blob_refs r JOIN executions e ON e.id = r.execution_id JOIN blobs b ON b.key = r.key
  WHERE e.status IN ('pending', 'running', 'waiting') AND b.state <> 'present'"""

HELD = """
SELECT DISTINCT b.key FROM blob_refs r JOIN executions e ON e.id = r.execution_id
  JOIN blobs b ON b.key = r.key
  WHERE e.status IN ('pending', 'running', 'waiting') AND b.state = 'present'"""


def numbers(first, last):
    """What `seq` prints, without the last line end."""
    return "\n".join(map(str, range(first, last + 1)))


def sum_of(text):
    return hashlib.sha256(text.encode()).hexdigest() + "  -"


def result_of(shared, own):
    """The return value of large.yaml."""
    common = sum_of(numbers(shared * 10**6, shared * 10**6 + 20_000))
    alone = numbers(own * 10**6, own * 10**6 + 20_000)
    part = int(f"1{own}00000")
    sums = [common, sum_of(alone), common, sum_of(numbers(part, part + 12_000)), sum_of(alone), common]
    return {"sums": sums, "alone": alone}


class Home:
    """A home that all share; keeps the faults that were found."""

    def __init__(self, goflow, folder, grace):
        self.goflow = goflow
        self.folder = folder
        self.database = folder / "home" / "goflow.db"
        self.environment = {**os.environ, "GOFLOW_HOME": str(folder / "home")}
        self.faults = []
        self.ends_at = 0.0
        self.counts = dict.fromkeys(
            ("runs", "kills", "resumes", "collections", "kills of gc", "looks"), 0)
        self._turn = threading.Lock()
        for words in (["workflow", "save", HERE / "large_inner.yaml"],
                      ["config", "set", "claim_check.gc_grace", f"{grace}s"]):
            subprocess.run([goflow, *words, "--quiet"], env=self.environment, check=True)
        # The first one makes the database.
        Run(self, 1, 10).go_on()

    def is_open(self):
        return time.monotonic() < self.ends_at and not self.faults

    def count(self, what):
        with self._turn:
            self.counts[what] += 1

    def note(self, fault):
        self.faults.append(fault)

    def work(self, what, *arguments):
        """In a thread: what goes wrong in it is a fault."""
        try:
            what(*arguments)
        except Exception:
            self.note(traceback.format_exc())

    def start(self, *words):
        return subprocess.Popen(
            [self.goflow, *map(str, words)], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def query(self, statement, *values):
        if not self.database.exists():
            return []
        with contextlib.closing(sqlite3.connect(self.database, timeout=60)) as connection:
            return connection.execute(statement, values).fetchall()

    def objects(self):
        return list((self.folder / "home" / "blobs").glob("*/*"))

    def let_time_pass(self):
        """As if nothing had been touched for long."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=60)) as connection:
            connection.execute("UPDATE blobs SET touched_at = '2000-01-01T00:00:00.000000Z'")
            connection.commit()
        for path in self.objects():
            os.utime(path, (0, 0))

    def has_object(self, key):
        return (self.folder / "home" / "blobs" / key[:2] / key).exists()


class Run:
    """One execution, over all the processes that work on it."""

    def __init__(self, home, shared, own):
        self.home = home
        self.shared = shared
        self.own = own

    def recorded(self):
        """(id, status), None before it is recorded."""
        rows = self.home.query(
            "SELECT id, status FROM executions WHERE parent_execution_id IS NULL"
            " AND json_extract(inputs, '$.own') = ?", self.own)
        return rows[0] if rows else None

    def has_ended(self):
        recorded = self.recorded()
        return recorded is not None and recorded[1] in ENDED

    def words(self):
        recorded = self.recorded()
        if recorded is None:
            inputs = ["--input", f"shared={self.shared}", "--input", f"own={self.own}"]
            return ["exec", "run", HERE / "large.yaml", "--quiet", *inputs]
        self.home.count("resumes")
        return ["exec", "start" if recorded[1] == "pending" else "resume", recorded[0], "--quiet"]

    def go_on(self, delay=None):
        """Whether it was killed after the delay."""
        process = self.home.start(*self.words())
        try:
            out, said = process.communicate(timeout=delay)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self.home.count("kills")
            return True
        self.check(process.returncode, out, said)
        return False

    def check(self, exit_code, out, said):
        if exit_code != 0:
            return self.home.note(f"run {self.own} ends with exit code {exit_code}: {said.strip()}")
        if json.loads(out) != result_of(self.shared, self.own):
            return self.home.note(f"run {self.own} ends with another result: {out[:1000]}")
        if said:
            self.home.note(f"run {self.own} says: {said.strip()}")


def run_again_and_again(home, number, chance, left):
    """Puts into `left` what was killed and is to be resumed in the end."""
    count = 0
    while home.is_open():
        count += 1
        run = Run(home, chance.randint(1, COMMON_VALUES), 11 + number + 100 * count)
        home.count("runs")
        go_on_until_ended(run, chance, left)
        if chance.random() < 0.3:
            delete_ended(home, chance)


def go_on_until_ended(run, chance, left):
    while run.home.is_open() or not run.recorded():
        delay = chance.uniform(0, 2) if chance.random() < 0.6 else None
        if not run.go_on(delay) or run.has_ended():
            return
        if chance.random() < 0.2 and run.recorded():
            break
    left.append(run)


def delete_ended(home, chance):
    ended = home.query(
        "SELECT id FROM executions WHERE parent_execution_id IS NULL AND status = 'completed'")
    if ended:
        home.start("exec", "delete", chance.choice(ended)[0], "--yes").communicate()


def collect_again_and_again(home, chance):
    ways = [["--ttl", "0s"], ["--ttl", "0s"], [], ["--unreferenced-only"], ["--ttl", "1s"]]
    while home.is_open():
        process = home.start("blobs", "gc", "--yes", "--json", *chance.choice(ways))
        home.count("collections")
        what = chance.random()
        if what < 0.2:
            kill_after(process, chance.uniform(0, 0.1), home)
        elif what < 0.4:
            hold_up(process, chance.uniform(0, 0.1), chance.uniform(0, 6))
        out, said = process.communicate()
        if process.returncode not in (0, -signal.SIGKILL):
            home.note(f"gc ends with exit code {process.returncode}: {out} {said}")


def kill_after(process, delay, home):
    time.sleep(delay)
    process.kill()
    home.count("kills of gc")


def hold_up(process, delay, pause):
    time.sleep(delay)
    process.send_signal(signal.SIGSTOP)
    time.sleep(pause)
    process.send_signal(signal.SIGCONT)


def look_again_and_again(home):
    while home.is_open():
        look(home)
        home.count("looks")
        time.sleep(0.05)


def look(home):
    for row in home.query(DANGLING):
        home.note(f"dangles: {row}")
    gone = {key for (key,) in home.query(HELD) if not home.has_object(key)}
    # Meanwhile its run may have ended.
    for key in gone & {key for (key,) in home.query(HELD)}:
        home.note(f"referred to, present and without its object: {key}")


def disturb(home, arguments):
    left = []
    works = [
        (run_again_and_again, home, number, random.Random(f"{arguments.seed} run {number}"), left)
        for number in range(arguments.runners)
    ]
    works += [
        (collect_again_and_again, home, random.Random(f"{arguments.seed} gc {number}"))
        for number in range(COLLECTORS)
    ]
    works.append((look_again_and_again, home))
    threads = [threading.Thread(target=home.work, args=work) for work in works]
    home.ends_at = time.monotonic() + arguments.seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return left


def finish(home, left):
    """All runs come to their end, and then nothing is left that nobody needs."""
    look(home)
    verified = json.loads(home.start("blobs", "verify", "--json").communicate()[0])
    for what in ("corrupt", "missing", "unreadable"):
        if verified[what]:
            home.note(f"{what}: {verified[what]}")
    for run in left:
        while not run.has_ended() and not home.faults:
            run.go_on()
    if home.faults:
        return
    unfinished = home.query(f"SELECT id, status FROM executions WHERE status NOT IN {ENDED}")
    if unfinished:
        home.note(f"not at their end: {unfinished}")
    home.let_time_pass()
    home.start("blobs", "gc", "--ttl", "0s", "--yes").communicate()
    if home.objects():
        home.note(f"left in the store: {list(map(str, home.objects()))}")


def main():
    arguments = chaos.arguments(
        "collect garbage beside runs that are killed", seconds=60.0, runners=16, grace=20)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="goflow-gc-"))
    home = Home(arguments.goflow, folder, arguments.grace)
    left = disturb(home, arguments)
    finish(home, left)
    print(", ".join(f"{count} {what}" for what, count in home.counts.items()))
    if home.faults:
        print("\n".join(f"error: {fault}" for fault in dict.fromkeys(home.faults)))
        print(f"hint: see what was left in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
