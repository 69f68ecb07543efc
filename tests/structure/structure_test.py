"""Shows that structure.py finds what it is there to find."""

import pathlib
import tempfile
import unittest

import structure


class StructureTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)

    def write(self, path, *lines):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n")

    def write_header(self, path, *lines):
        self.write(path, "// Says what it is for.", "#pragma once", *lines)

    def faults(self):
        return list(structure.tree_faults(self.root))

    def assert_one_fault(self, *parts):
        faults = self.faults()
        self.assertEqual(len(faults), 1, faults)
        for part in parts:
            self.assertIn(part, faults[0])

    def test_the_arrows_of_the_house_are_fine(self):
        self.write_header("core/value/value.hpp")
        self.write_header("engine/loop/loop.hpp", '#include "core/value/value.hpp"')
        self.write_header("engine/nodes/shell.hpp", '#include "engine/loop/loop.hpp"')
        self.write("cli/main.cpp", '#include "engine/nodes/shell.hpp"', "#include <CLI/CLI.hpp>")
        self.assertEqual(self.faults(), [])

    def test_core_includes_nothing_of_ours(self):
        self.write_header("storage/store.hpp")
        self.write("core/a.cpp", "", '#include "storage/store.hpp"')
        self.assert_one_fault("core/a.cpp:2:", "core is the domain")

    def test_storage_and_engine_do_not_meet(self):
        self.write_header("engine/local/run.hpp")
        self.write("storage/a.cpp", '#include "engine/local/run.hpp"')
        self.assert_one_fault("storage/a.cpp:1:")

    def test_interpreter_and_loop_do_not_meet(self):
        self.write_header("engine/loop/loop.hpp")
        self.write_header("engine/interpreter/walker.hpp", '#include "engine/loop/loop.hpp"')
        self.assert_one_fault("engine/interpreter/walker.hpp:3:", "the interpreter decides")

    def test_nothing_includes_cli(self):
        self.write_header("cli/context.hpp")
        self.write("engine/local/a.cpp", '#include "cli/context.hpp"')
        self.assert_one_fault("engine/local/a.cpp:1:")

    def test_a_new_folder_of_the_engine_needs_a_row_in_the_table(self):
        self.write_header("core/a.hpp")
        self.write("engine/new/a.cpp", '#include "core/a.hpp"')
        self.assert_one_fault("engine/new/a.cpp", "lies in no folder")

    def test_includes_are_paths_from_the_root(self):
        self.write_header("core/base/error.hpp")
        self.write("core/base/a.cpp", '#include "error.hpp"')
        self.assert_one_fault("no path from the root")

    def test_a_library_is_known_where_the_table_says(self):
        self.write("engine/local/a.cpp", "#include <SQLiteCpp/SQLiteCpp.h>")
        self.assert_one_fault("only storage/sqlite, tests may know this library")

    def test_a_library_is_not_reached_through_a_header_either(self):
        self.write_header("engine/loop/uv_close.hpp", "#include <uv.h>")
        self.write_header("engine/loop/timer.hpp", '#include "engine/loop/uv_close.hpp"')
        self.write("engine/local/a.cpp", '#include "engine/loop/timer.hpp"')
        self.assert_one_fault("engine/local/a.cpp:1:", "timer.hpp", "only engine/loop")

    def test_a_header_has_a_heading_and_a_guard(self):
        self.write("core/a.hpp", "namespace goflow::core {}")
        self.assertEqual(len(self.faults()), 2)

    def test_a_giant_is_reported(self):
        self.write("core/a.cpp", *["// line"] * (structure.MAX_LINES + 1))
        self.assert_one_fault("second noun")


if __name__ == "__main__":
    unittest.main()
