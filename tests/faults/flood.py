#!/usr/bin/env python3
"""A script that writes a gibibyte: goflow stays small, and keeps all of it."""

import os
import pathlib
import subprocess
import sys
import tempfile

from checks import Checks

FLOOD = 1024**3
LINE = 1000
WORKFLOW = """\
name: flood
nodes:
  - {{id: pour, parse: none, run: 'yes $(printf %0{line}d 7) | head -c {size}'}}
"""


def peak_of(checks, size):
    """In bytes, of the process that runs a script which writes so much."""
    path = checks.folder / "flood.yaml"
    path.write_text(WORKFLOW.format(size=size, line=LINE))
    process = subprocess.Popen(
        [checks.goflow, "exec", "run", path, "--quiet"], cwd=checks.folder,
        env={**os.environ, "GOFLOW_HOME": str(checks.home)})
    _, status, usage = os.wait4(process.pid, 0)
    checks.expect(os.waitstatus_to_exitcode(status) == 0, f"a script that writes {size} bytes fails")
    return usage.ru_maxrss * 1024


def main():
    goflow = pathlib.Path(sys.argv[1]).resolve()
    # Sanitizers keep what was freed for a while.
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(goflow, folder)
        small = peak_of(checks, 2)
        large = peak_of(checks, FLOOD)
        more = large - small
        checks.expect(more < 32 * 1024**2, f"the flood takes {more} bytes more than two bytes do")
        blobs = checks.run("blobs", "list", "--json=size_bytes").stdout
        checks.expect(f'"size_bytes":{FLOOD}' in blobs, f"it is not kept: {blobs}")
        lines = checks.run(
            "exec", "logs", "@latest", "--node", "pour", "--stream", "stdout", "--tail", "2").stdout
        last = "0" * (LINE - 1) + "7"
        checks.expect(lines == f"{last}\n{last[:FLOOD % (LINE + 1)]}\n", f"it ends: {lines}")
        checks.finish()


if __name__ == "__main__":
    main()
