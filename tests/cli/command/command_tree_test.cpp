#include "cli/command/command_tree.hpp"

#include "tests/cli/command/sample_tree.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using goflow::test::sample_tree;

namespace {

using Words = std::vector<std::string>;

/// "path called_as words" of the address, or the hint of the error.
std::string lead(const Words& words) {
  const auto address = cli::find_address(sample_tree(), words);
  if (!address) return address.error().hint;
  const std::string path(address->command == nullptr ? "-" : address->command->path);
  return path + "|" + address->called_as + "|" + std::to_string(address->words);
}

}  // namespace

TEST_CASE("words lead to a command, a noun or nothing") {
  CHECK(lead({}) == "-||0");
  CHECK(lead({"exec"}) == "-|exec|1");
  CHECK(lead({"exec", "list"}) == "exec list|exec list|2");
  CHECK(lead({"version", "x"}) == "version|version|1");
  CHECK(lead({"executions", "list"}) == "exec list|executions|1");
}

TEST_CASE("spellings that other tools have taught work after a noun") {
  CHECK(lead({"exec", "ls"}) == "exec list|exec list|2");
  CHECK(lead({"exec", "rm"}) == "exec delete|exec delete|2");
  CHECK(lead({"workflow", "rm"}) == "try: goflow workflow --help");
}

TEST_CASE("an unknown word names the nearest command and hides the hidden ones") {
  CHECK(lead({"exec", "lst"}) == "did you mean 'goflow exec list'?");
  CHECK(lead({"exce", "list"}) == "did you mean 'goflow exec'?");
  CHECK(lead({"_hidden"}) == "try: goflow --help");
  CHECK(lead({"zzz"}) == "try: goflow --help");
}

TEST_CASE("a verb without its noun is completed in the hint") {
  CHECK(lead({"resume"}) == "did you mean 'goflow exec resume'?");
  CHECK(lead({"list"}) == "did you mean 'goflow workflow list' or 'goflow exec list'?");
}
