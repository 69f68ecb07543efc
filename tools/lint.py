"""Checks how the code looks and what a second pair of eyes would find.

    lint.py                                  formatting and scripts: seconds
    lint.py --tidy build/release [--jobs 2]  clang-tidy as well: a quarter of an hour or more

clang-tidy looks at every source of the program. (Of a test it would see mostly what doctest's macros
make.) What it found clean leaves a stamp under build/lint. The stamp's name is made of all that
clang-tidy saw: the command, the file, the headers of ours that it reaches, and the rules.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
STAMPS = ROOT / "build" / "lint"
OWN_INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def our_files(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )
    return [path for path in listed.stdout.splitlines() if (ROOT / path).exists()]


def passes(*command):
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def formatting_is_right():
    return passes("clang-format-14", "--dry-run", "-Werror", *our_files("*.cpp", "*.hpp"))


def scripts_are_right():
    shell = [path for path in our_files() if is_shell_script(ROOT / path)]
    python = our_files("*.py")
    compiled = f"pycache_prefix={STAMPS}/python"  # else it would be written beside the sources
    return all([
        passes("shellcheck", *shell),
        passes(sys.executable, "-X", compiled, "-m", "py_compile", *python),
    ])


def is_shell_script(path):
    with path.open("rb") as file:
        return re.match(rb"#!(/usr)?/bin/(env )?(ba)?sh\b", file.readline()) is not None


def reached(path, seen):
    """The file and the headers of ours that it includes, directly or not."""
    if path in seen or not path.is_file():
        return
    seen.add(path)
    for included in OWN_INCLUDE.findall(path.read_text(encoding="utf-8")):
        reached(ROOT / included, seen)


def stamp_of(entry, rules):
    files = set()
    reached(pathlib.Path(entry["file"]), files)
    digest = hashlib.sha256(rules + entry["command"].encode())
    for path in sorted(files):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return STAMPS / digest.hexdigest()


def rules_of_clang_tidy():
    version = subprocess.run(["clang-tidy-14", "--version"], stdout=subprocess.PIPE, check=True)
    configurations = our_files(".clang-tidy", "**/.clang-tidy")
    return version.stdout + b"".join((ROOT / path).read_bytes() for path in configurations)


def tidy(build, entry, stamp):
    path = os.path.relpath(entry["file"], ROOT)
    result = subprocess.run(
        ["clang-tidy-14", "--quiet", "-p", build, path],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False,
    )
    if result.returncode == 0:
        stamp.touch()
    else:
        # Its standard error counts suppressed warnings; it matters only when nothing else is said.
        print(result.stdout or result.stderr, flush=True)
    return result.returncode == 0


def clang_tidy_is_content(build, jobs):
    rules = rules_of_clang_tidy()
    entries = [
        entry for entry in json.loads((build / "compile_commands.json").read_text())
        if not pathlib.Path(entry["file"]).is_relative_to(ROOT / "tests")
    ]
    stamps = [(entry, stamp_of(entry, rules)) for entry in entries]
    forget_stamps_except({stamp for _, stamp in stamps})
    left = [(entry, stamp) for entry, stamp in stamps if not stamp.exists()]
    if left:
        print(f"lint: clang-tidy over {len(left)} of {len(entries)} files", flush=True)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return all(list(pool.map(lambda job: tidy(build, *job), left)))


def forget_stamps_except(stamps):
    for path in STAMPS.iterdir():
        if path.is_file() and path not in stamps:
            path.unlink()


def parse_arguments():
    parser = argparse.ArgumentParser(description="check formatting, sources and scripts")
    parser.add_argument("--tidy", type=pathlib.Path, metavar="BUILD")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    STAMPS.mkdir(parents=True, exist_ok=True)
    is_clean = all([formatting_is_right(), scripts_are_right()])
    if arguments.tidy is not None:
        is_clean = clang_tidy_is_content(arguments.tidy.resolve(), arguments.jobs) and is_clean
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
