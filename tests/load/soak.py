"""Workflows with large values at a steady pace: nothing fails, and nothing grows that should not.

    soak.py GOFLOW [--per-minute 50] [--seconds 120]

Beside them one long run stores and reads a large value in each of its rounds: its memory and its
open files are looked at while it goes on.
"""

import argparse
import hashlib
import os
import pathlib
import subprocess
import threading
import time

from home import must, run_test

LIMIT = 50_000
CACHE = 1024**2
SETTLED = 0.3  # of the time: after that what is needed has been opened, and filled
FIRST_ROUNDS = 5  # of the long run: on a busy machine it takes its time to begin
PATIENCE_S = 120

SHORT = """name: short
variables:
  - {name: given, type: string, required: true}
  - {name: number, type: number, required: true}
nodes:
  - {id: record, expression: "{own: string(number) + given, common: given}", output: record}
  - {id: again, input: record, expression: input, output: copy}
  - {id: sum, run: sha256sum, stdin: "${copy.own}"}
return: ${sum}
"""

LONG = """name: long
variables:
  - {name: given, type: string, required: true}
  - {name: stop, type: string, required: true}
nodes:
  - id: rounds
    while: not (stopped ?? false)
    max_iterations: 100000
    item: round
    body:
      - {id: made, expression: "string(round) + given"}
      - {id: length, run: wc -c, stdin: "${made}"}
      - {id: look, run: "echo >> \\"$stop.rounds\\"; test -e \\"$stop\\" && echo yes || echo no"}
      - {id: decide, expression: 'trim(look) == "yes"', output: stopped}
      - {id: rest, wait: 50ms}
return: done
"""


def payload():
    return "".join(f"line {number} of a value that many runs have\n" for number in range(3000))


class Process:
    """What the system tells of one that runs."""

    def __init__(self, pid):
        self.folder = pathlib.Path("/proc") / str(pid)

    def resident_mb(self):
        pages = int((self.folder / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2

    def open_files(self):
        return len(list((self.folder / "fd").iterdir()))


def run_short(home, workflow, given, number, faults, peaks):
    process = home.start(
        "exec", "run", workflow, "--quiet", "--input", f"number={number}", "--input",
        f"given=@{given}", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    expected = hashlib.sha256(f"{number}{payload()}".encode()).hexdigest()
    if status != 0 or out.split()[0] != expected:
        faults.append(f"run {number} ends with exit code {process.returncode}: {out}")
    peaks.append(usage.ru_maxrss / 1024)


def wait_for_rounds(rounds):
    end = time.monotonic() + PATIENCE_S
    while not rounds.exists() or rounds.stat().st_size < FIRST_ROUNDS:
        must(time.monotonic() < end, "the long run does not come to its first rounds")
        time.sleep(0.05)


def keep_pace(home, workflow, given, arguments, watched):
    """The peak memory of each run in MB, in their order, and what `watched` looked like meanwhile."""
    began = time.monotonic()
    faults, peaks, looks, threads = [], [], [], []
    pause = 60 / arguments.per_minute
    for number in range(max(2, round(arguments.seconds / pause))):
        time.sleep(max(0, began + number * pause - time.monotonic()))
        words = (home, workflow, given, number, faults, peaks)
        threads.append(threading.Thread(target=run_short, args=words))
        threads[-1].start()
        looks.append((watched.resident_mb(), watched.open_files()))
    for thread in threads:
        thread.join()
    must(not faults, "\n".join(faults))
    return peaks, looks[int(len(looks) * SETTLED):]


def must_not_grow(what, seen, allowed):
    """What it never falls below, as it is more while a step runs."""
    half = len(seen) // 2
    before, after = min(seen[:half] or seen), min(seen[half:])
    must(after <= before + allowed, f"{what} grew from {before:.1f} to {after:.1f}")
    return f"{what} {before:.1f} to {after:.1f}"


def test(home, arguments):
    home.call("config", "set", "claim_check.cache_bytes", CACHE)
    given = home.write("given", payload())
    short, long = home.write("short.yaml", SHORT), home.write("long.yaml", LONG)
    stop = home.folder / "stop"
    lasting = home.start(
        "exec", "run", long, "--quiet", "--input", f"given=@{given}", "--input", f"stop={stop}")
    try:
        wait_for_rounds(home.folder / "stop.rounds")
        peaks, looks = keep_pace(home, short, given, arguments, Process(lasting.pid))
    finally:
        stop.touch()
        lasting.wait()
    must(lasting.returncode == 0, f"the long run ends with exit code {lasting.returncode}")

    home.must_have_whole_blobs()
    longest = home.must_have_small_rows(LIMIT)
    must(not home.unfinished_files(), f"left behind: {home.unfinished_files()}")
    metrics = home.metrics()
    must(metrics["error_count"] == 0, f"{metrics['error_count']} operations failed")
    memory, files = zip(*looks)
    print(
        f"{len(peaks)} runs in {arguments.seconds:.0f} s beside a long one:",
        f"  {metrics['offload_count']} values stored in {metrics['blobs_present']} blobs,"
        f" {metrics['dedup_hits']} were there already, {metrics['retrieval_count']} fetched;"
        f" the longest row has {longest} bytes",
        "  MB of a run: " + must_not_grow("peak", peaks, 4),
        "  MB of the long run: " + must_not_grow("resident", memory, 8),
        "  files of the long run: " + must_not_grow("open", files, 2),
        sep="\n")


def main():
    parser = argparse.ArgumentParser(description="run workflows at a steady pace")
    parser.add_argument("goflow")
    parser.add_argument("--per-minute", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    arguments = parser.parse_args()
    # Sanitizers keep what was freed for a while.
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
    run_test(arguments.goflow, lambda home: test(home, arguments))


if __name__ == "__main__":
    main()
