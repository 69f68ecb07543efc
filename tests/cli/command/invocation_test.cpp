#include "cli/command/invocation.hpp"

#include "tests/cli/command/sample_tree.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using goflow::test::sample_tree;

namespace {

/// The message of the line's error.
std::string fault_of(const std::vector<std::string>& words) {
  const auto invocation = cli::read_command_line(sample_tree(), words);
  return invocation ? "" : invocation.error().message;
}

/// What the line says about the options of all commands.
cli::GlobalOptions global_of(const std::vector<std::string>& words) {
  auto invocation = cli::read_command_line(sample_tree(), words);
  REQUIRE(invocation.ok());
  return invocation->global;
}

}  // namespace

TEST_CASE("options of all commands stand before, within and behind the name") {
  CHECK(global_of({"--home", "list", "exec", "-q", "list", "--no-pager"}).home == "list");
  CHECK(global_of({"--home=x", "exec", "list"}).home == "x");
  CHECK(global_of({"exec", "--config-dir", "y", "list", "-qv"}).home == "y");
  CHECK(global_of({"exec", "list", "-qv"}).verbose);
}

TEST_CASE("a misspelt option before the name is what is reported") {
  CHECK(fault_of({"--hmoe", "x", "version"}) == "'goflow' has no option '--hmoe'");
  CHECK(fault_of({"-q", "vresion"}) == "there is no command 'goflow vresion'");
}

TEST_CASE("help wins over whatever is wrong with the rest") {
  CHECK(fault_of({"exec", "list", "--nope"}) == "'goflow exec list' has no option '--nope'");
  CHECK(fault_of({"exec", "list", "--nope", "--help"}) == "");
  CHECK(fault_of({"exec"}) == "");
  CHECK(fault_of({"exec", "--nope"}) == "'goflow exec' has no option '--nope'");
}

TEST_CASE("errors are JSON where the result would have been") {
  CHECK(cli::asks_for_json({"exec", "lst", "--json"}));
  CHECK(cli::asks_for_json({"--json=id"}));
  CHECK(cli::asks_for_json({"--output", "json"}));
  CHECK(cli::asks_for_json({"--output=json"}));
  CHECK(!cli::asks_for_json({"--output", "yaml"}));
  CHECK(!cli::asks_for_json({"--", "--json"}));
}
