#!/usr/bin/env python3
"""A script that writes 2 GiB: goflow stays small, and says how much of it the log leaves out."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

from checks import Checks

FLOOD = 2 * 1024**3
WORKFLOW = "name: flood\nnodes: [{{id: pour, run: 'yes | head -c {size}'}}]\n"


def peak_of(checks, size):
    """In bytes, of the process that runs a script which writes so much."""
    path = checks.folder / "flood.yaml"
    path.write_text(WORKFLOW.format(size=size))
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
        checks.expect(more < 16 * 1024**2, f"the flood takes {more} bytes more than two bytes do")
        log = checks.run("exec", "logs", "@latest").stdout
        (left_out,) = re.findall(r"… (\d+) bytes left out …", log) or ("0",)
        checks.expect(FLOOD - 10 * 1024**2 < int(left_out) < FLOOD, f"{left_out} bytes are left out")
        checks.finish()


if __name__ == "__main__":
    main()
