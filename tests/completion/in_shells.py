"""Presses the tab key in real shells, and looks at what they make of it."""

import os
import pathlib
import pty
import select
import subprocess
import sys
import tempfile
import time

WORKFLOWS = ["alpha", "alpine", "beta"]
RUN = "alphabet"
PROMPT = b"ready> "


class Shell:
    """A shell on a terminal of its own."""

    def __init__(self, command, environment):
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.execvpe(command[0], command, environment)
        self.unread = b""

    def read_until(self, wanted, seconds=20):
        end = time.monotonic() + seconds
        while wanted not in self.unread:
            ready = select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]
            if not ready:
                raise AssertionError(f"waited for {wanted!r}, saw {self.unread!r}")
            self.unread += os.read(self.terminal, 4096)
        seen, self.unread = self.unread.split(wanted, 1)
        return seen

    def type(self, text):
        os.write(self.terminal, text.encode())

    def end(self):
        os.close(self.terminal)
        os.waitpid(self.child, 0)


def on_terminal(command, setup, environment):
    """What is typed is completed and run: the output of goflow tells what became of it."""
    shell = Shell(command, environment)
    shell.type(setup + "\n")
    shell.type("PS1='ready''> '\n")
    shell.read_until(PROMPT)
    found = {}
    for typed in ["workflow show --json=id be", "workf\tsho\t--json=id alpi", "exec list --status fai",
                  "exec show --json=workflow @lat", "exec show --json=workflow @latest:alphab",
                  "exec show @latest:alphab\t--json=workf", "workflow show --json=version beta@"]:
        shell.type(f"goflow {typed}\t; echo status=$?\n")
        answer = shell.read_until(b"status=0").decode(errors="replace")
        shell.read_until(PROMPT)
        found[typed] = answer
    shell.type("goflow workflow show al\t\t\t")
    shell.read_until(b"alpine")
    shell.end()
    return found


def terminal_faults(name, found):
    for typed, wanted in [("workflow show --json=id be", '"id":"beta"'),
                          ("workf\tsho\t--json=id alpi", '"id":"alpine"'),
                          ("exec list --status fai", "failed"),
                          ("exec show --json=workflow @lat", '"workflow":"alphabet"'),
                          ("exec show --json=workflow @latest:alphab", '"workflow":"alphabet"'),
                          ("exec show @latest:alphab\t--json=workf", '"workflow":"alphabet"'),
                          ("workflow show --json=version beta@", '"version"')]:
        if wanted not in found[typed].replace('": "', '":"'):
            yield f"{name} makes of {typed!r}: {found[typed]!r}"


def bash_faults(goflow, scratch, environment):
    script = scratch / "goflow.bash"
    script.write_text(output_of(goflow, "completion", "bash", environment=environment))
    found = on_terminal(["bash", "--norc", "--noprofile", "-i"], f". {script}", environment)
    yield from terminal_faults("bash", found)


def zsh_faults(goflow, scratch, environment):
    folder = scratch / "functions"
    folder.mkdir()
    (folder / "_goflow").write_text(output_of(goflow, "completion", "zsh", environment=environment))
    setup = f"fpath=({folder} $fpath); autoload -U compinit; compinit -u -d {scratch}/dump"
    found = on_terminal(["zsh", "-f", "-i"], setup, environment)
    yield from terminal_faults("zsh", found)


def fish_faults(goflow, scratch, environment):
    script = scratch / "goflow.fish"
    script.write_text(output_of(goflow, "completion", "fish", environment=environment))
    for typed, wanted in [("goflow workflow show al", ["alpha", "alpine"]),
                          ("goflow workflow show b", ["beta"]),
                          ("goflow exec list --status fai", ["failed"])]:
        offered = output_of("fish", "--no-config", "-c",
                            f"source {script}; complete -C '{typed}'", environment=environment)
        words = [line.split("\t")[0] for line in offered.splitlines()]
        if words != wanted:
            yield f"fish makes of {typed!r}: {words}"


def output_of(*command, environment):
    return subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60).stdout


def main(goflow):
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        environment = {
            "HOME": folder, "GOFLOW_HOME": f"{folder}/home", "TERM": "dumb", "LC_ALL": "C.UTF-8",
            "PATH": f"{goflow.parent}:{os.environ['PATH']}",
        }
        for name in WORKFLOWS:
            file = scratch / f"{name}.yaml"
            file.write_text(f"name: {name}\nnodes: [{{id: a, run: 'true'}}]\n")
            output_of(goflow, "workflow", "save", file, environment=environment)
        file = scratch / f"{RUN}.yaml"
        file.write_text(f"name: {RUN}\nnodes: [{{id: a, run: 'true'}}]\n")
        output_of(goflow, "run", file, environment=environment)
        faults = [fault for check in (bash_faults, zsh_faults, fish_faults)
                  for fault in check(goflow, scratch, environment)]
    for fault in faults:
        print(fault)
    print(f"3 shells: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
