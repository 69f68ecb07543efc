#!/usr/bin/env python3
"""Runs the scripts *.test beside this file against the real goflow binary.

A script is a list of typed lines, each with what must come of it:

    # a comment
    $ goflow run fixtures/two-steps.yaml --quiet    a line for the shell
    done                                            expected stdout
    ! error: no execution 'nope'                    expected stderr
    ? 3                                             expected exit code; 0 unless said

Before a line, `%pty` runs it on a terminal of 80 columns and 24 rows, `%pty 40x10` on a smaller
one; all it writes, and what is typed, is then expected as stdout. Lines `%type y` after that are
what a person answers, one question after the other; `^C` and `^D` are the keys. `[..]` stands for anything within a line, a line `...` for any lines.
A line `%needs PROGRAM` skips the whole script, saying so, where there is no such program; exit 77
when nothing else was asked for.
An empty line is expected output too. A line of output that looks like a part of a script, such as
`$ ls`, has a backslash before it.
Identifiers are compared as wex-<id>, nex-<id> or win-<id>. Where a script says <time> or <when>,
any duration or any point in time may stand.

`with-server COMMAND` runs a command with web servers beside it, and `mcp-server` is an MCP server, see
tests/support.

Each script has a home, a GOFLOW_HOME and a copy of fixtures/ of its own; they stay when it fails.
"""

import argparse
import concurrent.futures
import dataclasses
import difflib
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios

HERE = pathlib.Path(__file__).resolve().parent
SUPPORT = HERE.parent / "support"
STEP_LIMIT_S = 120
NEEDS = "%needs "
TYPE = "%type "
USUAL_SIZE = (80, 24)
KEYS = {"^C": b"\x03", "^D": b"\x04"}
# A question leaves the cursor behind it; colours may follow.
QUESTION = re.compile(rb"[\]:?](?:\x1b\[[0-9;]*m)* (?:\x1b\[[0-9;]*m)*\Z")
SKIPPED = 77
ULID = re.compile(r"\b(wex|nex|win)-[0-9a-hjkmnp-tv-z]{26}\b")
PATTERNS = {
    "<time>": r"\d+(?:\.\d+)?(?:ms|s|m|h|d)?",
    "<when>": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)",
    "[..]": r".*",
}


@dataclasses.dataclass
class Step:
    """One typed line, and what must come of it."""

    command: str
    terminal: tuple = None  # columns and rows
    out: list = dataclasses.field(default_factory=list)
    err: list = dataclasses.field(default_factory=list)
    code: int = 0
    before: list = dataclasses.field(default_factory=list)  # comments, kept by --update
    typed: list = dataclasses.field(default_factory=list)

    def on_terminal(self):
        if self.terminal is None:
            return []
        size = "" if self.terminal == USUAL_SIZE else " {}x{}".format(*self.terminal)
        return [f"%pty{size}", *((TYPE + answer).rstrip() for answer in self.typed)]


@dataclasses.dataclass
class Outcome:
    out: list
    err: list
    code: int


def parse(path):
    steps, before, terminal, typed = [], [], None, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("$ "):
            steps.append(Step(line[2:], terminal, before=before, typed=typed))
            before, terminal, typed = [], None, []
        elif match := re.fullmatch(r"%pty(?: (\d+)x(\d+))?", line):
            terminal = tuple(map(int, match.groups())) if match[1] else USUAL_SIZE
        elif terminal and (line + " ").startswith(TYPE):
            typed.append(line[len(TYPE):])
        elif line.startswith(NEEDS):
            before.append(line)
        elif line.startswith("#"):
            before.append(line)
        elif not steps:
            sys.exit(f"{path}:{number}: a script begins with a '$ ' line")
        elif line.startswith("! ") or line == "!":
            steps[-1].err.append(line[2:])
        elif line.startswith("? "):
            steps[-1].code = int(line[2:])
        else:
            steps[-1].out.append(unescaped(line))
    return steps, before


# Output that looks like a part of a script is written with a backslash before it.
SPECIAL = ("$ ", "! ", "? ", "#", "%pty", TYPE, NEEDS, "\\")


def unescaped(line):
    return line[1:] if line.startswith("\\") and line[1:].startswith(SPECIAL) else line


def escaped(line):
    return "\\" + line if line.startswith(SPECIAL) else line


def render(steps, trailing):
    lines = []
    for step in steps:
        lines += step.before + step.on_terminal() + ["$ " + step.command]
        lines += [escaped(line) for line in step.out]
        lines += [("! " + line).rstrip() for line in step.err]
        lines += [f"? {step.code}"] if step.code else []
    return "\n".join(lines + trailing) + "\n"


def to_pattern(line):
    parts = re.split(r"(<time>|<when>|\[\.\.\])", line)
    return "".join(PATTERNS.get(part) or re.escape(part) for part in parts)


def matches(expected, actual):
    """Whether the lines are those expected; '...' stands for any number of them."""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    if not actual or not re.fullmatch(to_pattern(expected[0]), actual[0]):
        return False
    return matches(expected[1:], actual[1:])


def to_lines(data):
    text = ULID.sub(r"\1-<id>", data.decode("utf-8", "replace"))
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    else:
        lines[-1] += "[no line break]"
    return [line.rstrip("\r") for line in lines]


def run_piped(step, room):
    process = subprocess.Popen(
        ["bash", "-c", step.command], cwd=room.folder, env=room.environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=STEP_LIMIT_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        err += f"[killed after {STEP_LIMIT_S} s]\n".encode()
    return Outcome(to_lines(out), to_lines(err), shell_code(process.returncode))


def run_on_terminal(step, room):
    columns, rows = step.terminal
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(room.folder)
        # The size must be there before the first write, so it is set on this side.
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execvpe("bash", ["bash", "-c", step.command], room.environment)
    written = b""
    answers = [KEYS.get(answer) or f"{answer}\n".encode() for answer in step.typed]
    while True:
        ready, _, _ = select.select([terminal], [], [], STEP_LIMIT_S)
        if not ready:
            os.killpg(child, signal.SIGKILL)
            written += f"[silent for {STEP_LIMIT_S} s]\n".encode()
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # Linux: the other end is closed
            chunk = b""
        if not chunk:
            break
        written += chunk
        if answers and QUESTION.search(written):
            os.write(terminal, answers.pop(0))
    _, status = os.waitpid(child, 0)
    os.close(terminal)  # not before: it hangs up on whoever is still about to exit
    if answers:
        written += f"[never asked for: {answers}]\n".encode()
    return Outcome(to_lines(written), [], shell_code(os.waitstatus_to_exitcode(status)))


def shell_code(code):
    return 128 - code if code < 0 else code


class Room:
    """The folder in which one script runs."""

    def __init__(self, goflow, name):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix=f"goflow-{name}-"))
        self.folder = self.path / "work"
        self.folder.mkdir()
        (self.path / "home").mkdir()
        if (HERE / "fixtures").is_dir():
            shutil.copytree(HERE / "fixtures", self.folder / "fixtures")
        (self.path / "bin").mkdir()
        (self.path / "bin" / "goflow").symlink_to(goflow)
        (self.path / "bin" / "with-server").symlink_to(SUPPORT / "with_server.py")
        (self.path / "bin" / "mcp-server").symlink_to(SUPPORT / "mcp_server.py")
        self.environment = {
            "HOME": str(self.path / "home"),
            "GOFLOW_HOME": str(self.path / "goflow-home"),
            "PATH": f"{self.path / 'bin'}:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "TZ": "UTC",
        }
        # A sanitizer build tells its options this way.
        self.environment |= {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


def difference(step, outcome):
    """What was expected against what came, for the eye."""
    wanted = dataclasses.replace(step, before=[])
    came = dataclasses.replace(
        step, before=[], out=outcome.out, err=outcome.err, code=outcome.code)
    return "\n".join(difflib.unified_diff(
        render([wanted], []).splitlines(), render([came], []).splitlines(),
        "expected", "came", lineterm="", n=100))


def as_expected(step, outcome):
    return (step.code == outcome.code and matches(step.out, outcome.out)
            and matches(step.err, outcome.err))


def missing_program(path):
    """The first program that the script needs and this machine lacks, None if there is none."""
    lines = path.read_text().splitlines()
    needed = [line.removeprefix(NEEDS) for line in lines if line.startswith(NEEDS)]
    return next((program for program in needed if shutil.which(program) is None), None)


def run_script(goflow, path, update):
    """The report of a failure; empty when all is well."""
    steps, trailing = parse(path)
    room = Room(goflow, path.stem)
    failures = []
    for step in steps:
        run = run_on_terminal if step.terminal else run_piped
        outcome = run(step, room)
        if as_expected(step, outcome):
            continue
        if update:
            step.out, step.err, step.code = outcome.out, outcome.err, outcome.code
            continue
        failures.append(difference(step, outcome))
        break  # what follows builds upon it
    if update:
        path.write_text(render(steps, trailing))
    if failures:
        failures.append(f"left behind: {room.path}")
    else:
        room.remove()
    return "\n".join(failures)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("goflow", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("scripts", nargs="*", type=pathlib.Path, help="all when none is named")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--update", action="store_true", help="write down what comes")
    options = parser.parse_args()
    scripts = options.scripts or sorted(HERE.glob("*.test"))
    if not scripts:
        sys.exit("there is no script to run")
    failed = 0
    missing = {path: missing_program(path) for path in scripts}
    runnable = [path for path in scripts if missing[path] is None]
    for path in scripts:
        if missing[path] is not None:
            print(f"skipped {path.stem}: there is no {missing[path]}")
    if not runnable:
        sys.exit(SKIPPED)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        reports = pool.map(lambda path: run_script(options.goflow, path, options.update), runnable)
        for path, report in zip(runnable, reports):
            failed += bool(report)
            print(f"{'FAILED' if report else 'ok'} {path.stem}")
            if report:
                print(report)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
