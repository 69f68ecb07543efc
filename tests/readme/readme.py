"""Types what README.md says from top to bottom, in a folder and a home that are new."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

# Said to whom it happened: after all went well there is nothing left to do.
NOTHING_LEFT = {"after a crash": 6, "after a failure": 6}


def blocks(text):
    """The language, the lines and the name before each block of code."""
    pattern = r"(?P<before>[^\n]*)\n\n```(?P<language>\w*)\n(?P<content>.*?)```"
    for match in re.finditer(pattern, text, re.DOTALL):
        named = re.findall(r"`([\w.]+)`", match["before"])
        yield match["language"], match["content"], named[-1] if named else None


def expected_exit(comment):
    for words, code in NOTHING_LEFT.items():
        if comment.strip().startswith(words):
            return code
    return 0


def main(goflow, source):
    readme = (source / "README.md").read_text()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for name in ["cli", "core", "engine", "man", "tests"]:
            (folder / name).symlink_to(source / name)
        environment = os.environ | {
            "HOME": scratch,
            "GOFLOW_HOME": str(folder / "home"),
            "PATH": f"{goflow.parent}:{os.environ['PATH']}",
        }
        files, commands, wrong = 0, 0, 0
        for language, content, name in blocks(readme):
            if language == "yaml":
                assert name, f"no name stands before this file:\n{content}"
                (folder / name).write_text(content)
                files += 1
            for line in content.splitlines() if not language else []:
                command, _, comment = line.partition(" # ")
                if not command.startswith("goflow "):
                    continue
                commands += 1
                done = subprocess.run(
                    command, shell=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                    capture_output=True, text=True, timeout=60)
                if done.returncode != expected_exit(comment):
                    wrong += 1
                    print(f"$ {command}\nexit {done.returncode}\n{done.stdout}{done.stderr}")
        assert files >= 2 and commands >= 10, f"found {files} files and {commands} commands only"
        print(f"{commands} commands, {files} files: {wrong} wrong")
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()))
