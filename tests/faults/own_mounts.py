"""Runs a check where it may mount what it likes: nobody else sees it, and it goes with the process."""

import os
import pathlib
import subprocess
import sys
import tempfile

INSIDE = "--inside"


def run_with_own_mounts(check):
    """check(goflow, folder), in this same script started anew."""
    if sys.argv[1] == INSIDE:
        return check(*sys.argv[2:])
    goflow = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        namespace = ["unshare", "--mount"] + (["--map-root-user"] if os.geteuid() != 0 else [])
        command = [*namespace, sys.executable, "-B", sys.argv[0], INSIDE, goflow, folder]
        sys.exit(subprocess.run(command).returncode)
