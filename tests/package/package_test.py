#!/usr/bin/env python3
"""Packs goflow as Debian does, installs it into a root of its own, tries what came, removes it.

dpkg does the installing and the removing, and checks the dependencies: the new root knows those
packages of this machine that the package asks for, and no others.
"""

import os
import pathlib
import re
import shutil
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

RECOMMENDED = "libcurl4, libjq1, libsecret-1-0, libsystemd0, tzdata"


def output_of(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


def pack(build, folder):
    subprocess.run(
        ["cpack", "-G", "DEB", "--config", build / "CPackConfig.cmake", "-B", folder],
        check=True, stdout=subprocess.DEVNULL, cwd=build)
    (package,) = pathlib.Path(folder).glob("*.deb")
    return package


def names_in(depends):
    """'libc6 (>= 2.36), libfmt9' → ['libc6', 'libfmt9']"""
    return re.findall(r"(?:^|, )([a-z0-9.+-]+)", depends)


def packages_behind(names):
    """These packages of this machine and all that they need."""
    seen, left = set(), list(names)
    while left:
        name = left.pop()
        if name in seen:
            continue
        seen.add(name)
        needed = output_of("dpkg-query", "-W", "-f", "${Pre-Depends}, ${Depends}", name)
        left += names_in(needed.strip(", "))
    return sorted(seen)


class Root:
    """A folder that dpkg takes for a whole system."""

    def __init__(self, folder, installed):
        self.path = pathlib.Path(folder)
        database = self.path / "var/lib/dpkg"
        for part in ("info", "updates"):
            (database / part).mkdir(parents=True)
        (database / "status").write_text(
            "\n".join(output_of("dpkg-query", "-s", name) for name in installed))

    def dpkg(self, *words):
        as_root = [] if os.geteuid() == 0 else ["fakeroot"]
        return subprocess.run(
            [*as_root, "dpkg", f"--root={self.path}", f"--log={self.path}/log",
             "--force-not-root", "--force-bad-path", *words],
            capture_output=True, text=True, check=False)

    def files(self):
        paths = (path for path in (self.path / "usr").rglob("*") if not path.is_dir())
        return sorted(str(path.relative_to(self.path)) for path in paths)


def dependency_faults(package, binary):
    """Every library that the binary is linked with comes with a package that it depends on."""
    depends = names_in(output_of("dpkg-deb", "-f", package, "Depends"))
    needed = re.findall(r"NEEDED.*\[(.+)\]", output_of("readelf", "-d", binary))
    listed = output_of("ldd", binary)
    places = dict(re.findall(r"(\S+) => (/\S+)", listed))
    # The loader stands there by its place alone.
    places |= {path.rsplit("/", 1)[1]: path for path in re.findall(r"^\s*(/\S+)", listed, re.M)}
    for library in needed:
        # dpkg knows files by the place they were packed at, which may be a link's other side.
        path = re.sub("^/usr(?=/lib)", "", os.path.realpath(places[library]))
        owners = [
            line.split(":")[0] for place in (path, f"/usr{path}")
            for line in subprocess.run(["dpkg", "-S", place], capture_output=True, text=True,
                                       check=False).stdout.splitlines()]
        if not set(owners) & set(depends):
            yield f"no dependency brings {library}, which is in {owners}"
    if not needed:
        yield "the binary is linked with nothing"


def installed_faults(root, version):
    files = root.files()
    for name in WANTED:
        if name not in files:
            yield f"the package lacks {name}"
    program = root.path / "usr/bin/goflow"
    alone = {
        "PATH": f"{program.parent}:/usr/bin:/bin", "HOME": str(root.path), "LANG": "C.UTF-8"}
    if output_of(program, "version", env=alone).strip() != f"goflow {version}":
        yield "the binary does not run"
    yield from page_faults(root, alone)
    yield from completion_faults(root, alone)


def page_faults(root, environment):
    for page in ("goflow", "goflow-exec-run", "goflow-workflow", "goflow-expressions"):
        pages = root.path / "usr/share/man"
        shown = subprocess.run(["man", "-M", pages, page], capture_output=True, text=True,
                               check=False, env={**environment, "MANPAGER": "cat"})
        if shown.returncode != 0 or "goflow" not in shown.stdout or shown.stderr:
            yield f"man does not show {page}: {shown.stderr.strip()}"


def completion_faults(root, environment):
    script = """
        . /usr/share/bash-completion/bash_completion
        _completion_loader goflow
        COMP_WORDS=(goflow workf); COMP_CWORD=1; COMP_LINE='goflow workf'; COMP_POINT=12
        "$(complete -p goflow | sed 's/.*-F \\([^ ]*\\).*/\\1/')" goflow workf goflow
        echo "${COMPREPLY[@]}"
    """
    places = {**environment, "XDG_DATA_DIRS": str(root.path / "usr/share")}
    completed = subprocess.run(["bash", "-c", script], capture_output=True, text=True,
                               check=False, env=places)
    if completed.stdout.strip() != "workflow":
        yield f"bash completes nothing: {completed.stdout} {completed.stderr}"


def faults_of(package, version, folder):
    depends = names_in(output_of("dpkg-deb", "-f", package, "Depends"))
    if output_of("dpkg-deb", "-f", package, "Version").strip() != version:
        yield "the package has another version than the program"
    if output_of("dpkg-deb", "-f", package, "Recommends").strip() != RECOMMENDED:
        yield "the package does not say which libraries it loads when they are used"
    bare = Root(f"{folder}/bare", [])
    if bare.dpkg("-i", package).returncode == 0:
        yield "the package installs where nothing of what it needs is"
    root = Root(f"{folder}/root", packages_behind(depends))
    installed = root.dpkg("-i", package)
    if installed.returncode != 0:
        yield f"dpkg does not install the package: {installed.stderr}"
        return
    yield from dependency_faults(package, root.path / "usr/bin/goflow")
    yield from installed_faults(root, version)
    removed = root.dpkg("-r", "goflow")
    if removed.returncode != 0 or root.files():
        yield f"dpkg leaves behind: {root.files()} {removed.stderr}"


def main():
    lacking = [name for name in ("dpkg", "man", "readelf") if shutil.which(name) is None]
    if lacking:
        print(f"skipped: there is no {lacking[0]}")
        sys.exit(77)
    build, version = pathlib.Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as packed, tempfile.TemporaryDirectory() as folder:
        faults = list(faults_of(pack(build, packed), version, folder))
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
