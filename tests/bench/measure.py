"""Runs commands and tells how long they took and how much memory they needed."""

import dataclasses
import os
import pathlib
import shutil
import statistics
import sys
import time


@dataclasses.dataclass(frozen=True)
class Usage:
    seconds: float
    peak_mb: float


@dataclasses.dataclass(frozen=True)
class Comparison:
    ours: Usage
    bound: Usage
    ratio: float


class Bench:
    """Commands share one environment, whose goflow home is a throw-away folder."""

    def __init__(self, folder):
        self.environment = {
            **os.environ,
            "GOFLOW_HOME": str(folder / "home"),
            "DAGU_HOME": str(folder / "dagu-home"),
        }
        self._stderr = folder / "stderr"
        fresh = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        self._silence = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, str(self._stderr), fresh, 0o600),
        ]

    def start(self, *command):
        command = [str(word) for word in command]
        program = shutil.which(command[0]) or command[0]
        return os.posix_spawn(program, command, self.environment, file_actions=self._silence)

    def run(self, *command):
        """Ends the program when the command fails: a figure of what did not work says nothing."""
        started = time.perf_counter()
        process = self.start(*command)
        _, status, usage = os.wait4(process, 0)
        seconds = time.perf_counter() - started
        if status != 0:
            words = " ".join(map(str, command))
            sys.exit(f"error: {words}: wait status {status}\n{self._stderr.read_text()}")
        # Never below what this Python held when it spawned the command, some 15 MB.
        return Usage(seconds, usage.ru_maxrss / 1024)

    def medians(self, rounds, *commands):
        return [median(usages) for usages in self.in_turns(rounds, *commands)]

    def against(self, rounds, ours, bound):
        """The medians of both, and the median of the ratios of each turn."""
        usages = self.in_turns(rounds, ours, bound)
        ratio = statistics.median(our.seconds / its.seconds for our, its in zip(*usages))
        return Comparison(*map(median, usages), ratio)

    def in_turns(self, rounds, *commands):
        """One list of usages for each command. The commands take turns, so that a machine that
        slows down slows all of them."""
        for command in commands:
            self.run(*command)
        return list(zip(*([self.run(*command) for command in commands] for _ in range(rounds))))


def median(usages):
    return Usage(
        statistics.median(usage.seconds for usage in usages),
        statistics.median(usage.peak_mb for usage in usages),
    )


def machine():
    cpu = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.split(":", 1)[1].strip()
            break
    memory_kb = int(pathlib.Path("/proc/meminfo").read_text().split()[1])
    system = os.uname()
    return (
        f"{cpu}, {len(os.sched_getaffinity(0))} processors, {memory_kb / 2**20:.0f} GiB, "
        f"{system.sysname} {system.release}"
    )
