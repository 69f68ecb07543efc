#!/usr/bin/env python3
"""Shows that the runner tells right from wrong: a test that cannot fail proves nothing."""

import pathlib
import tempfile
import unittest

import run


class Runner(unittest.TestCase):
    def report(self, script):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "sample.test"
            path.write_text(script)
            report = run.run_script(pathlib.Path("/bin/true"), path, update=False)
        left = [line for line in report.splitlines() if line.startswith("left behind: ")]
        for line in left:
            run.shutil.rmtree(line.removeprefix("left behind: "))
        return report

    def updated(self, script):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "sample.test"
            path.write_text(script)
            run.run_script(pathlib.Path("/bin/true"), path, update=True)
            return path.read_text()

    def test_what_is_as_expected_passes(self):
        self.assertEqual(self.report("$ echo a; echo b >&2; exit 3\na\n! b\n? 3\n"), "")
        self.assertEqual(self.report("$ goflow\n"), "")

    def test_each_difference_fails(self):
        for wrong in ("b\n! b\n? 3\n", "a\n! c\n? 3\n", "a\n! b\n", "! b\n? 3\n", "a\n? 3\n"):
            self.assertIn("expected", self.report("$ echo a; echo b >&2; exit 3\n" + wrong))

    def test_a_failure_leaves_its_folder_and_shows_a_diff(self):
        report = self.report("$ echo came\nwanted\n")
        self.assertIn("-wanted", report)
        self.assertIn("+came", report)
        self.assertIn("left behind: ", report)

    def test_wildcards_stand_for_what_changes(self):
        self.assertEqual(self.report("$ echo took 312ms\ntook <time>\n"), "")
        self.assertEqual(self.report("$ echo at 2026-11-20T02:00:04.5Z\nat <when>\n"), "")
        self.assertEqual(self.report("$ echo some words here\nsome [..] here\n"), "")
        self.assertEqual(self.report("$ seq 9\n1\n...\n9\n"), "")
        self.assertIn("expected", self.report("$ seq 9\n1\n...\n8\n"))
        self.assertIn("expected", self.report("$ echo took long\ntook <time>\n"))

    def test_identifiers_are_masked(self):
        script = "$ echo wex-01m7vaxa507xk2p9tn5ywz6r0b\nwex-<id>\n"
        self.assertEqual(self.report(script), "")

    def test_a_terminal_is_a_terminal(self):
        script = "%pty\n$ test -t 1 && test -t 2 && stty size\n24 80\n$ test -t 1\n? 1\n"
        self.assertEqual(self.report(script), "")

    def test_a_terminal_has_the_size_that_is_asked_for(self):
        self.assertEqual(self.report("%pty 40x10\n$ stty size\n10 40\n"), "")

    def test_questions_are_answered_one_by_one(self):
        ask = "read -p 'Go? ' a; read -p 'Sure [y/n] ' b; echo $a$b"
        script = f"%pty\n%type yes\n%type no\n$ {ask}\nGo? yes\nSure [y/n] no\nyesno\n"
        self.assertEqual(self.report(script), "")
        self.assertEqual(self.updated(script), script)
        self.assertEqual(self.report("%pty\n%type\n$ read -p 'Go? '\nGo? \n"), "")
        self.assertIn("never asked for", self.report("%pty\n%type y\n$ echo a\na\n"))

    def test_keys_are_typed(self):
        # The terminal may be gone before it shows the key.
        self.assertEqual(self.report("%pty\n%type ^C\n$ read -p 'Go? '\nGo? [..]\n? 130\n"), "")
        self.assertEqual(self.report("%pty\n%type ^D\n$ read -p 'Go? '\nGo? [no line break]\n? 1\n"), "")

    def test_a_script_says_which_programs_it_needs(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "sample.test"
            for needs, missing in (("sh", None), ("no-such-program", "no-such-program")):
                path.write_text(f"%needs true\n%needs {needs}\n$ echo a\na\n")
                self.assertEqual(run.missing_program(path), missing)
                self.assertEqual(run.run_script(pathlib.Path("/bin/true"), path, False), "")

    def test_an_update_writes_what_came_and_keeps_the_rest(self):
        before = "# why\n$ printf '# a\\n\\n$ b\\n'; exit 2\nold\n# kept\n$ echo 3s\n<time>\n"
        after = (
            "# why\n$ printf '# a\\n\\n$ b\\n'; exit 2\n\\# a\n\n\\$ b\n? 2\n"
            "# kept\n$ echo 3s\n<time>\n"
        )
        self.assertEqual(self.updated(before), after)
        self.assertEqual(self.report(self.updated("$ printf '# a\\n$ b\\n'\n")), "")


if __name__ == "__main__":
    unittest.main()
