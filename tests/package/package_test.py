#!/usr/bin/env python3
"""Packs goflow as Debian does, unpacks it elsewhere and runs what came out."""

import gzip
import pathlib
import subprocess
import sys
import tempfile

WANTED = [
    "usr/bin/goflow",
    "usr/share/man/man1/goflow.1.gz",
    "usr/share/man/man1/goflow-exec-run.1.gz",
    "usr/share/man/man5/goflow-workflow.5.gz",
    "usr/share/man/man7/goflow-expressions.7.gz",
    "usr/share/man/man7/goflow-environment.7.gz",
    "usr/share/bash-completion/completions/goflow",
    "usr/share/zsh/vendor-completions/_goflow",
    "usr/share/fish/vendor_completions.d/goflow.fish",
    "usr/share/doc/goflow/README.md",
    "usr/share/doc/goflow/copyright",
]


def output_of(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


def pack(build, folder):
    subprocess.run(
        ["cpack", "-G", "DEB", "--config", build / "CPackConfig.cmake", "-B", folder],
        check=True, stdout=subprocess.DEVNULL, cwd=build)
    (package,) = pathlib.Path(folder).glob("*.deb")
    return package


def faults_of(package, version, folder):
    subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
    root = pathlib.Path(folder)
    for name in WANTED:
        if not (root / name).is_file():
            yield f"the package lacks {name}"
    if output_of("dpkg-deb", "-f", package, "Version").strip() != version:
        yield "the package has another version than the program"
    if "libc6" not in output_of("dpkg-deb", "-f", package, "Depends"):
        yield "the package does not say which libraries it needs"
    if output_of("dpkg-deb", "-f", package, "Recommends").strip() != "libcurl4, libjq1":
        yield "the package does not say which libraries it loads when they are used"
    home = {"PATH": "/usr/bin:/bin", "HOME": folder}
    if output_of(root / "usr/bin/goflow", "version", env=home).strip() != f"goflow {version}":
        yield "the binary does not run"
    page = gzip.open(root / "usr/share/man/man1/goflow.1.gz", "rt").read()
    if ".Dt GOFLOW 1" not in page:
        yield "the manual page cannot be read"


def main():
    build, version = pathlib.Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as packed, tempfile.TemporaryDirectory() as unpacked:
        faults = list(faults_of(pack(build, packed), version, unpacked))
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
