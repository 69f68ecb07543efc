#include "core/execution/status.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace goflow::core;
using enum ExecutionStatus;

namespace {

const std::vector<ExecutionStatus> all{
    pending, running, waiting, completed, failed, cancelled, timed_out};

}  // namespace

TEST_CASE("every pair of states is a legal move or is refused, as the specification's table says") {
  const std::set<std::pair<ExecutionStatus, ExecutionStatus>> legal{{pending, running},
                                                                    {pending, failed},
                                                                    {pending, cancelled},
                                                                    {running, waiting},
                                                                    {running, completed},
                                                                    {running, failed},
                                                                    {running, cancelled},
                                                                    {running, timed_out},
                                                                    {waiting, running},
                                                                    {waiting, failed},
                                                                    {waiting, cancelled},
                                                                    {waiting, timed_out}};
  for (const auto from : all) {
    for (const auto to : all) {
      CAPTURE(to_string(from));
      CAPTURE(to_string(to));
      CHECK(may_move(from, to) == legal.contains({from, to}));
    }
  }
}

TEST_CASE("only a retry leaves an ended state, and never a completed one") {
  for (const auto from : all) {
    CAPTURE(to_string(from));
    const bool reopens = from == failed || from == timed_out || from == cancelled;
    CHECK((may_move(from, running, Reopen::yes) && is_terminal(from)) == reopens);
  }
}

TEST_CASE("a filter takes a status or a phase, in any case") {
  using Statuses = std::vector<ExecutionStatus>;
  CHECK(*parse_status_selection("Failed") == Statuses{failed});
  CHECK(*parse_status_selection("execution_failed") == Statuses{failed, timed_out});
  CHECK(*parse_status_selection("EXECUTION_IN_PROGRESS") == Statuses{running, waiting});
  CHECK(*parse_status_selection("in_progress") == Statuses{running, waiting});
  CHECK(*parse_status_selection("EXECUTION_PHASE_UNSPECIFIED") == all);
  CHECK_FALSE(parse_status_selection("interrupted").has_value());
  for (const auto word : status_selection_words()) {
    CAPTURE(word);
    CHECK(parse_status_selection(word).has_value());
  }
}

TEST_CASE("every status is read back from its word, in any case") {
  for (const auto status : all) {
    CHECK(parse_execution_status(to_string(status)) == status);
  }
  CHECK(parse_execution_status("TIMED_OUT") == timed_out);
  CHECK_FALSE(parse_execution_status("runing").has_value());
  CHECK(parse_node_status("Skipped") == NodeStatus::skipped);
}
