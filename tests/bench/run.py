"""Measures goflow against what the machine could do at best, in the same minutes.

    run.py --build build/release [--rounds N] [--write]

Machines differ and are noisy: what counts is the ratio, and a missed bar does not fail the program.
With --write the table also goes to RESULTS.md beside this file.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import history
import keyring
import large_values
import workflows
from measure import Bench, machine, median
from rows import Row, at_least_mb_per_second, at_most, beside, beyond, shown, table, verdict, within


class Benchmarks:
    def __init__(self, bench, build, folder, rounds):
        self.bench = bench
        self.goflow = build / "cli" / "goflow"
        self.helpers = build / "tests" / "bench"
        self.folder = folder
        self.rounds = rounds
        self.width = max(2, len(os.sched_getaffinity(0)))

    def rows(self):
        yield from self.start_up()
        yield self.validation()
        yield from self.chains()
        yield from self.independent_steps()
        yield from self.long_output()
        yield self.transform_loop()
        yield self.resume()
        yield from self.workflow_files()
        yield from self.one_execution()
        yield from self.million_executions()
        yield from self.creation()
        yield from self.redactor()
        yield from self.credentials()
        yield from self.claim_check()
        yield from self.s3_store()
        yield from self.dagu()

    def exec_run(self, workflow):
        return (self.goflow, "exec", "run", workflow, "--quiet")

    def spawn_chain(self, width, count, *command):
        return (self.helpers / "bench_spawn_chain", width, count, *command)

    def start_up(self):
        for words in (["version"], ["--help"]):
            comparison = self.bench.against(
                20 * self.rounds, (self.goflow, *words), (self.helpers / "bench_empty",)
            )
            yield at_most(f"goflow {words[0]}; bound: empty program", comparison, 2.5)

    def validation(self):
        (ours,) = self.bench.medians(
            5 * self.rounds, (self.goflow, "validate", workflows.many_kinds(self.folder, 1000))
        )
        return within("validate 1,000 nodes", ours, 0.03)

    def chains(self):
        script = self.folder / "true.sh"
        script.write_text("true\n")
        comparison = self.bench.against(
            5 * self.rounds,
            self.exec_run(workflows.chain(self.folder, 100)),
            self.spawn_chain(1, 100, "/bin/sh", "-e", script),
        )
        yield at_most("chain of 100 scripts; bound: posix_spawn", comparison, 1.5)
        comparison = self.bench.against(
            5 * self.rounds,
            self.exec_run(workflows.command_chain(self.folder, 100)),
            self.spawn_chain(1, 100, "true"),
        )
        yield at_most("chain of 100 commands; bound: posix_spawn", comparison, 1.5)

    def independent_steps(self):
        """Steps that nothing orders run side by side; what one costs is held to the bound of the
        chains. What a program could do that also spawns side by side is shown below it."""
        script = self.folder / "true.sh"
        script.write_text("true\n")
        run = self.exec_run(workflows.independent(self.folder, 1000, self.width))
        spawn = ("/bin/sh", "-e", script)
        one_by_one = self.bench.against(self.rounds, run, self.spawn_chain(1, 1000, *spawn))
        what = "1,000 independent scripts, per step; bound: posix_spawn"
        yield at_most(what, one_by_one, 1.5, 1000)
        at_once = self.bench.against(self.rounds, run, self.spawn_chain(self.width, 1000, *spawn))
        yield beside(f"  the same; bound: posix_spawn, {self.width} at once", at_once, 1000)
        peak_mb = max(one_by_one.ours.peak_mb, at_once.ours.peak_mb)
        yield Row(
            "  the same: peak memory",
            f"{peak_mb:.1f} MB",
            bar="<= 40 MB",
            verdict=verdict(peak_mb <= 40),
        )

    def transform_loop(self):
        (ours,) = self.bench.medians(
            self.rounds, self.exec_run(workflows.transform_loop(self.folder, 10_000))
        )
        return within("loop of 10,000 transforms", ours, 1.0)

    def resume(self):
        gate = self.folder / "gate"
        workflow = workflows.gated(self.folder, 1000, gate)
        usages = [self.resume_once(workflow, gate) for _ in range(self.rounds)]
        return Row("resume of a run with 1,000 completed nodes", shown(median(usages).seconds))

    def resume_once(self, workflow, gate):
        gate.unlink(missing_ok=True)
        process = self.bench.start(*self.exec_run(workflow))
        self.wait_for_gate(process)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        gate.touch()
        return self.bench.run(self.goflow, "exec", "resume", "@latest", "--quiet")

    def wait_for_gate(self, process):
        history = pathlib.Path(self.bench.environment["GOFLOW_HOME"]) / "goflow.db"
        waiting = "SELECT count(*) FROM node_executions WHERE path = 'gate' AND status = 'running'"
        connection = sqlite3.connect(history)
        while connection.execute(waiting).fetchone() == (0,):
            if os.waitpid(process, os.WNOHANG) != (0, 0):
                sys.exit("error: the run that was to be resumed ended by itself")
            time.sleep(0.01)
        connection.close()

    def workflow_files(self):
        few = workflows.home(self.folder / "few", 3)
        comparison = self.bench.against(
            20 * self.rounds, self.workflow_list(few), (self.helpers / "bench_empty",)
        )
        yield at_most("list of 3 workflows; bound: empty program", comparison, 2.5)
        many = workflows.home(self.folder / "many", 10_000)
        # The index leaves out what changed a moment ago.
        time.sleep(2.1)
        cold = [self.list_without_index(many) for _ in range(self.rounds)]
        yield within("list of 10,000 workflows, without index", median(cold), 0.150)
        (warm,) = self.bench.medians(4 * self.rounds, self.workflow_list(many))
        yield within("list of 10,000 workflows, with index", warm, 0.030)
        yield self.save()

    def workflow_list(self, home):
        return (self.goflow, "workflow", "list", "--home", home)

    def list_without_index(self, home):
        (home / "workflows.index").unlink(missing_ok=True)
        return self.bench.run(*self.workflow_list(home))

    def save(self):
        """Two texts in turn, so that each save has something to write and to keep."""
        texts = workflows.two_versions(self.folder)
        loop = 'for text in "$@"; do {} || exit 1; done'
        ours = loop.format(f'{self.goflow} workflow save --force "$text"')
        bound = loop.format(f'{self.helpers}/bench_write_file "$text" {self.folder} written.yaml')
        comparison = self.bench.against(
            4 * self.rounds, ("sh", "-c", ours, "sh", *texts), ("sh", "-c", bound, "sh", *texts)
        )
        return at_most("save; bound: write, fsync, rename", comparison, 1.3, len(texts))

    def one_execution(self):
        self.bench.run(*self.exec_run(workflows.transform_loop(self.folder, 1_000)))
        for words in ([], ["--json"]):
            (ours,) = self.bench.medians(
                4 * self.rounds, (self.goflow, "exec", "show", "@latest", *words)
            )
            yield within(" ".join(["show of 1,000 nodes", *words]), ours, 0.030)
        deletes = [self.delete_once() for _ in range(self.rounds)]
        yield within("delete of 10,000 nodes", median(deletes), 1.0)

    def delete_once(self):
        self.bench.run(*self.exec_run(workflows.transform_loop(self.folder, 10_000)))
        return self.bench.run(self.goflow, "exec", "delete", "--yes", "@latest")

    def million_executions(self):
        home = self.folder / "million"
        self.bench.run(*self.exec_run(workflows.command_chain(self.folder, 1)), "--home", home)
        history.fill(home / "goflow.db")
        listing = (self.goflow, "exec", "list", "--home", home)
        for name, words in history.FILTERS.items():
            (ours,) = self.bench.medians(4 * self.rounds, (*listing, *words))
            yield within(f"50 newest of 1,000,000: {name}", ours, 0.010)
        for name, words in self.last_pages():
            (ours,) = self.bench.medians(4 * self.rounds, (*listing, *words))
            yield within(f"last page of 1,000,000: {name}", ours, 0.010)
        (ours,) = self.bench.medians(self.rounds, (*listing, "--search", "nothing has this"))
        yield within("50 newest of 1,000,000: search in vain", ours, 1.0)

    def last_pages(self):
        """Their tokens come from the oldest of the same executions alone."""
        home = self.folder / "oldest"
        self.bench.run(*self.exec_run(workflows.command_chain(self.folder, 1)), "--home", home)
        history.fill(home / "goflow.db", 5000)
        for name, words in history.FILTERS.items():
            token = None
            command = (self.goflow, "exec", "list", "--home", home, *words, "--paged", "--json=id")
            while True:
                after = ("--after", token) if token else ()
                page = json.loads(subprocess.check_output((*command, *after)))
                if page.get("next") is None:
                    break
                token = page["next"]
            if token:
                yield name, (*words, "--after", token)

    def creation(self):
        helper, count = self.helpers / "bench_creation", 2000
        comparison = self.bench.against(
            2 * self.rounds,
            (helper, "pipeline", self.folder / "created", count),
            (helper, "bare", self.folder / "copied", count),
        )
        yield beyond("execution created; bound: its rows by bare SQLite", comparison, 0.0003, count)

    def redactor(self):
        """A text without secrets, which is what programs print nearly always."""
        bench, megabytes = self.helpers / "bench_redactor", 200
        for mode, what in (("redact", "a whole text"), ("stream", "a stream")):
            comparison = self.bench.against(
                4 * self.rounds, (bench, mode, megabytes), (bench, "copy", megabytes)
            )
            yield at_least_mb_per_second(
                f"100 secrets sought in {what} of 200 MB; bound: copy", comparison, megabytes, 200
            )

    def credentials(self):
        if not keyring.can_run():
            return
        with keyring.running(self.folder, self.bench.environment):
            for i in range(500):
                value = self.folder / "value"
                value.write_text(f"value {i}")
                self.bench.run(self.goflow, "cred", "set", f"key-{i}", "--from-file", value)
            comparison = self.bench.against(
                12 * self.rounds,
                (self.goflow, "cred", "get", "key-7"),
                ("secret-tool", "lookup", "service", "goflow", "username", "key-7"),
            )
            (listed,) = self.bench.medians(5 * self.rounds, (self.goflow, "cred", "list"))
        yield at_most("cred get, from a keyring of 500; bound: secret-tool", comparison, 1.1)
        yield within("cred get, from a keyring of 500", comparison.ours, 0.015)
        yield within("cred list of 500 keys", listed, 0.2)

    def claim_check(self):
        put_and_get = self.helpers / "bench_claim"
        comparison = self.bench.against(
            4 * self.rounds,
            (put_and_get, "store", self.folder / "claims", 20),
            (put_and_get, "bare", self.folder / "bare", 20),
        )
        yield at_most("1 MB put and got; bound: zlib, write, fsync, read", comparison, 1.2, 20)
        yield self.stored_form()
        run = (self.goflow, "exec", "run", workflows.command_chain(self.folder, 100), "--quiet")
        comparison = self.bench.against(
            8 * self.rounds,
            ("env", "CLAIMCHECK_ENABLED=1", *run),
            ("env", "CLAIMCHECK_ENABLED=0", *run),
        )
        yield at_most("chain of 100 commands; bound: without claim check", comparison, 1.05)
        home = self.folder / "many-blobs"
        self.bench.run(*run, "--home", home)
        large_values.fill(home, time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime()))
        (ours,) = self.bench.medians(
            self.rounds, (self.goflow, "blobs", "gc", "--yes", "--home", home)
        )
        yield within("gc over 100,000 blobs, none to delete", ours, 2.0)

    def long_output(self):
        """The same pipe into a file that is synced, as the bound.

        Early on: to the system a process has needed as much as the one that starts it, and this
        one grows.
        """
        size = 2**30
        talker = self.exec_run(workflows.talker(self.folder, size))
        comparison = self.bench.against(
            1, talker, ("sh", "-c", f"yes | head -c {size} | dd of={self.folder}/bare-log conv=fsync 2> /dev/null")
        )
        yield beside("1 GiB of output; bound: pipe, write, fsync", comparison)
        peak_mb = comparison.ours.peak_mb
        yield Row(
            "  the same: peak memory",
            f"{peak_mb:.1f} MB",
            bar="<= 64 MB",
            verdict=verdict(peak_mb <= 64),
        )

    def stored_form(self):
        text = large_values.text(self.folder / "text", 1_000_000)
        self.bench.run(self.goflow, "blobs", "put", text)
        listing = (self.goflow, "blobs", "list", "--limit", "1", "--json")
        listed = subprocess.run(
            listing, env=self.bench.environment, capture_output=True, check=True
        ).stdout
        (blob,) = json.loads(listed)
        share = blob["stored_bytes"] / blob["size_bytes"]
        what, bar = "a text of 1 MB, as it is stored", "< 50 %"
        return Row(what, f"{share:.0%}", bar=bar, verdict=verdict(share < 0.5))

    def s3_store(self):
        if not large_values.can_serve_s3():
            return
        with large_values.s3_server.s3_server(self.folder) as endpoint:
            told = subprocess.run(
                (self.helpers / "bench_claim", "s3", endpoint, str(4 * self.rounds)),
                capture_output=True, text=True, check=True,
            ).stdout
        upload, download, compression = (float(word) / 1000 for word in told.split())
        for what, seconds, limit in (
            ("1 MB to an S3 server on this machine", upload, 0.5),
            ("1 MB from there", download, 0.2),
            ("1 MB compressed", compression, 0.1),
        ):
            yield Row(
                what, shown(seconds), bar=f"<= {shown(limit)}", verdict=verdict(seconds <= limit)
            )

    def dagu(self):
        if shutil.which("dagu") is None:
            return
        ours, theirs = self.bench.medians(
            self.rounds,
            self.exec_run(workflows.command_chain(self.folder, 100)),
            ("dagu", "start", "--quiet", workflows.dagu_chain(self.folder, 100)),
        )
        ratio = theirs.seconds / ours.seconds
        yield Row(
            "chain of 100 commands; beside it: Dagu",
            shown(ours.seconds),
            shown(theirs.seconds),
            f"{ratio:.1f}x faster",
            ">= 4x faster",
            verdict(ratio >= 4),
        )


def parse_arguments():
    parser = argparse.ArgumentParser(description="measure goflow against its bounds")
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="also write RESULTS.md")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="goflow-bench-") as name:
        folder = pathlib.Path(name)
        bench = Bench(folder)
        rows = list(Benchmarks(bench, arguments.build.resolve(), folder, arguments.rounds).rows())
    report = f"{machine()}; medians of {arguments.rounds}\n\n{table(rows)}\n"
    print(report, end="")
    if arguments.write:
        heading = "# Measured with `make bench`\n\n"
        pathlib.Path(__file__).with_name("RESULTS.md").write_text(heading + report)


if __name__ == "__main__":
    main()
