#include "cli/generate/completions.hpp"

#include "tests/cli/command/sample_tree.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using goflow::test::sample_tree;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the bash script has tables of words, options, values and places") {
  const std::string script = cli::bash_completion(sample_tree());
  CHECK(contains(script, "'') _goflow_reply='workflow exec executions version help'"));
  CHECK(contains(script, "'exec') _goflow_reply='list resume delete'"));
  CHECK(contains(script, "' executions') _goflow_reply='exec list'"));
  CHECK(contains(script, "'exec list --limit' | 'exec list -n') _goflow_reply='any'"));
  CHECK(contains(script, "'exec list --status') _goflow_reply='words completed failed'"));
  CHECK(contains(script, "'exec list --json') _goflow_reply='fields id status'"));
  CHECK(contains(script, "'exec list ''1') _goflow_reply='live workflow_id'"));
  CHECK(!contains(script, "secret"));
}

TEST_CASE("the zsh script has a function for each command and noun") {
  const std::string script = cli::zsh_completion(sample_tree());
  CHECK(contains(script, "'(-n --limit)'{-n,--limit}'[at most so many rows]:N: '"));
  CHECK(contains(script, "'--status[only in this status]:STATUS:(completed failed)'"));
  CHECK(contains(script, "'::WORKFLOW: _goflow_live workflow_id'"));
  CHECK(contains(script, "        exec) _goflow_exec ;;\n"));
  CHECK(contains(script, "        executions) _goflow_exec_list ;;\n"));
  CHECK(!contains(script, "secret"));
}

TEST_CASE("the fish script knows on which lines an option belongs") {
  const std::string script = cli::fish_completion(sample_tree());
  CHECK(contains(script,
                 "complete -c goflow -n '__goflow_in \"exec list\" executions' -s n -l limit -x "
                 "-d 'at most so many rows'\n"));
  CHECK(contains(script, "-l status -x -a 'completed failed'"));
  CHECK(contains(script, "complete -c goflow -n '__goflow_exactly exec' -a list -d "));
  CHECK(!contains(script, "secret"));
}
