"""Checks that the folder tree is the architecture: which file may include which, and why not.

    structure.py ROOT     prints every fault with its reason; exit 1 if there is one
"""

import functools
import pathlib
import re
import sys

# folder → the folders of ours that it may include besides itself. The longest match counts.
MAY_INCLUDE = {
    "core": [],
    "engine/interpreter": ["core"],
    "engine/jq": ["engine/loop", "core"],
    "engine/loop": ["core"],
    "engine/mcp": ["engine/loop", "core"],
    # The effects are what a node is asked for, and what it answers with.
    "engine/nodes": [
        "engine/interpreter/runtime.hpp", "engine/jq", "engine/loop", "engine/mcp", "core"],
    "engine/local": [
        "engine/nodes", "engine/jq", "engine/loop", "engine/mcp", "engine/interpreter", "core"],
    "storage": ["core"],
    "credentials": ["core"],
    "cli": ["core", "engine", "storage", "credentials"],
    "tests": ["core", "engine", "storage", "credentials", "cli"],
}

WHY_NOT = {
    "core": "core is the domain: no terminal, no database, no keyring, nothing of ours around it",
    "engine/interpreter": "the interpreter decides and touches nothing: it sees core alone",
    "engine/jq": "jq computes values and knows no node",
    "engine/loop": "the loop knows processes and timers, and no workflow",
    "engine/mcp": "a client calls tools of a server and knows no node",
    "engine/nodes": "a node does one thing on the loop; who calls it, and when, is not its business",
    "engine/local": "the engine does not know where history, files and secrets are kept",
    "storage": "storage makes core's interfaces durable and knows nothing else",
    "credentials": "credentials keep secrets for core and know nothing else",
    "cli": "cli composes the product; tests are not part of it",
}

# library → where it is known. Elsewhere it may not even be reached through a header of ours.
# Tests may use any: they look at what was written with eyes other than goflow's own.
LIBRARIES = {
    "CLI/": ["cli"],
    "SQLiteCpp/": ["storage/sqlite"],
    "absl/": ["core/schedule"],
    "curl/": ["engine/loop", "storage/blobs"],
    "doctest/": [],
    "fmt/": ["core", "engine", "storage", "credentials", "cli"],
    "gcrypt.h": ["core/base"],
    "jq.h": ["engine/jq"],
    "libsecret/": ["credentials/secret_service"],
    "nlohmann/": ["core/value"],
    "pugixml.hpp": ["storage/blobs"],
    "re2/": ["core/expression", "core/workflow", "engine/interpreter"],
    "sodium.h": ["credentials/encrypted_file"],
    "sqlite3.h": ["storage/sqlite"],
    "uv.h": ["engine/loop"],
    "yaml-cpp/": ["core/workflow"],
    "zlib.h": ["core/claimcheck"],
    "zstd.h": ["core/claimcheck"],
}

MAX_LINES = 700
SOURCE_FOLDERS = ["core", "engine", "storage", "credentials", "cli", "tests"]
OWN_INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
OTHER_INCLUDE = re.compile(r"^\s*#\s*include\s*<([^>]+)>", re.MULTILINE)


def is_within(path, folder):
    return path == folder or path.startswith(folder + "/")


def row_of(path):
    """The row of MAY_INCLUDE that rules this path, None if there is none."""
    return max((row for row in MAY_INCLUDE if is_within(path, row)), key=len, default=None)


def own_include_fault(root, path, included):
    row = row_of(path)
    if row is None:
        return f"'{path}' lies in no folder that {pathlib.Path(__file__).name} knows"
    if not (root / included).is_file():
        return f"includes \"{included}\", which is no path from the root of the tree"
    if any(is_within(included, folder) for folder in [row, *MAY_INCLUDE[row]]):
        return None
    return f'includes "{included}": {WHY_NOT[row]}'


def library_fault(path, included):
    for library, folders in LIBRARIES.items():
        folders = [*folders, "tests"]
        if included.startswith(library) and not any(is_within(path, folder) for folder in folders):
            return f"brings <{included}>: only {', '.join(folders)} may know this library"
    return None


def reached_library_fault(root, path, included):
    faults = (library_fault(path, library) for library in libraries_behind(root, included))
    fault = next(filter(None, faults), None)
    return fault and f'"{included}" {fault}'


@functools.cache
def libraries_behind(root, path):
    """What a header of ours includes of others, directly or through further headers."""
    text = (root / path).read_text(encoding="utf-8")
    found = set(OTHER_INCLUDE.findall(text))
    for included in OWN_INCLUDE.findall(text):
        if (root / included).is_file():
            found |= libraries_behind(root, included)
    return found


def header_faults(lines):
    if not lines or not lines[0].startswith("// "):
        yield 1, "begins without a comment that says what the header is for"
    if "#pragma once" not in lines:
        yield 1, "lacks #pragma once"


def file_faults(root, path):
    lines = (root / path).read_text(encoding="utf-8").splitlines()
    if path.endswith(".hpp"):
        yield from header_faults(lines)
    if len(lines) > MAX_LINES:
        yield MAX_LINES, f"has {len(lines)} lines: a second noun has moved in, give it a file"
    for number, line in enumerate(lines, start=1):
        if match := OWN_INCLUDE.match(line):
            fault = own_include_fault(root, path, match[1]) or reached_library_fault(
                root, path, match[1]
            )
        elif match := OTHER_INCLUDE.match(line):
            fault = library_fault(path, match[1])
        else:
            continue
        if fault:
            yield number, fault


def tree_faults(root):
    sources = sorted(
        path.relative_to(root).as_posix()
        for folder in SOURCE_FOLDERS
        for path in (root / folder).rglob("*.[ch]pp")
    )
    for path in sources:
        for number, fault in file_faults(root, path):
            yield f"{path}:{number}: {fault}"


def main():
    root = pathlib.Path(sys.argv[1])
    faults = list(tree_faults(root))
    print("\n".join(faults) or "every include runs the right way")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
