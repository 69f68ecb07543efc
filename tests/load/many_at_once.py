"""Many executions at once, each with a value of its own: none fails, each value reads back equal.

    many_at_once.py GOFLOW [--runs 500]
"""

import argparse
import collections
import json
import os
import tempfile
import time

from home import must, run_test

LIMIT = 50_000
SIZE = 100_000

WORKFLOW = """name: many
variables:
  - {name: given, type: string, required: true}
  - {name: number, type: number, required: true}
nodes:
  - {id: passed, input: given, expression: input}
  - {id: length, expression: len(passed)}
return: {number: "${number}", length: "${length}", value: "${passed}"}
"""


def payload(number):
    line = f"run {number} has a value of its own\n"
    return (line * (SIZE // len(line) + 1))[:SIZE]


def start(home, workflow, number):
    """(process, where its stdout and stderr go)"""
    given = home.write(f"given-{number}", payload(number))
    out, said = (tempfile.TemporaryFile(dir=home.folder) for _ in range(2))
    words = ["exec", "run", workflow, "--quiet", "--input", f"number={number}"]
    return home.start(*words, "--input", f"given=@{given}", stdout=out, stderr=said), out, said


def check_result(number, out):
    out.seek(0)
    expected = {"number": number, "length": SIZE, "value": payload(number)}
    must(json.load(out) == expected, f"run {number} has another result")


def end(started):
    """The peak memory of the largest process, in MB."""
    peak = 0
    for number, (process, out, said) in enumerate(started):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = max(peak, usage.ru_maxrss / 1024)
        said.seek(0)
        words = said.read().decode()
        must(status == 0 and not words, f"run {number} ends with {process.returncode}: {words}")
        check_result(number, out)
    return peak


def check_record(home, runs):
    exported = json.loads(home.call("exec", "export", "--format", "json"))
    must(len(exported) == runs, f"{len(exported)} of {runs} runs are recorded")
    values = collections.Counter()
    for run in exported:
        number = run["inputs"]["number"]
        must(run["status"] == "completed", f"run {number} is recorded as {run['status']}")
        must(run["inputs"]["given"] == payload(number), f"run {number}: another input is recorded")
        must(run["return_value"]["value"] == payload(number), f"run {number}: another result is")
        values[number] += 1
    must(len(values) == runs, "a run is recorded twice")


def test(home, runs):
    workflow = home.write("many.yaml", WORKFLOW)
    began = time.monotonic()
    peak = end([start(home, workflow, number) for number in range(runs)])
    seconds = time.monotonic() - began
    check_record(home, runs)
    must(len(home.blobs()) == runs, "not each value is stored, or one twice")
    home.must_have_whole_blobs()
    longest = home.must_have_small_rows(LIMIT)
    must(not home.unfinished_files(), f"left behind: {home.unfinished_files()}")
    print(
        f"{runs} runs at once in {seconds:.1f} s, {peak:.0f} MB at most each;"
        f" the longest row has {longest} bytes")


def main():
    parser = argparse.ArgumentParser(description="run many executions at once")
    parser.add_argument("goflow")
    parser.add_argument("--runs", type=int, default=500)
    arguments = parser.parse_args()
    run_test(arguments.goflow, lambda home: test(home, arguments.runs))


if __name__ == "__main__":
    main()
