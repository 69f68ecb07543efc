#include "cli/command/help.hpp"

#include "tests/cli/command/sample_tree.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using goflow::test::sample_tree;

TEST_CASE("a command's help has examples first and options by group") {
  const auto command = declare(*sample_tree().find_command("exec list"), "executions").command;
  CHECK(cli::command_help(command, 72) == R"(goflow executions: list executions, newest first

Examples:
  goflow exec list --status failed
    those that failed

Usage: goflow executions [WORKFLOW] [options]
  WORKFLOW  only its executions

Newest first. 'done' counts as \completed.

Options:
  -n, --limit N  at most so many rows (default 30)

Filters:
      --status STATUS  only in this status: completed, failed

Output:
      --json[=FIELDS]  write JSON; fields: id, status

Exit codes:
  3  no such workflow

Options that every command takes: goflow --help
)");
}

TEST_CASE("a noun's help lists its verbs") {
  const cli::CommandTree& tree = sample_tree();
  CHECK(cli::noun_help(tree, *tree.find_noun("exec"), 80) == R"(goflow exec: what has run

Commands:
  exec list    list executions, newest first
  exec resume  do little
  exec delete  do little

More about one of them: goflow help exec VERB
)");
}

TEST_CASE("goflow's help has nouns with their verbs, short ways, and nothing hidden") {
  const std::string help = cli::program_help(sample_tree(), 80);
  CHECK(help.find("  executions  short for: goflow exec list\n") != std::string::npos);
  CHECK(help.find("  exec      what has run: list, resume, delete\n") != std::string::npos);
  CHECK(help.find("hidden") == std::string::npos);
}
