#include "tests/engine/local/run_bench.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <string>

using namespace goflow::core;
using namespace goflow::engine;
using goflow::test::RunBench;

namespace {

int count(const std::string& text, const std::string& line) {
  int found = 0;
  for (std::size_t at = text.find(line + "\n"); at != std::string::npos;
       at = text.find(line + "\n", at + 1)) {
    ++found;
  }
  return found;
}

}  // namespace

TEST_CASE("a run cut off at any commit among its handlers comes to the same end") {
  bool is_cut_off = true;
  for (int commits = 0; is_cut_off; ++commits) {
    CAPTURE(commits);
    RunBench bench(
        "name: failing\n"
        "nodes: [{id: bad, run: exit 3}]\n"
        "on_failure: [{id: tell, run: 'echo tell >> trace'}, {id: nap, wait: 5ms}]\n"
        "on_exit: {id: sweep, run: 'echo sweep >> trace; exit 4'}\n");
    is_cut_off = !bench.run(commits).ok();
    const bool had_told = bench.node("on_failure/tell").status == NodeStatus::completed;
    const int told = count(bench.trace(), "tell");
    if (is_cut_off) REQUIRE(bench.run().ok());
    CHECK(bench.record().status == ExecutionStatus::failed);
    CHECK(bench.record().error->message == "exit status 3");
    CHECK(bench.node("on_failure/tell").status == NodeStatus::completed);
    if (had_told) CHECK(count(bench.trace(), "tell") == told);
    REQUIRE(bench.record().warnings.size() == 1);
    CHECK(bench.record().warnings[0] == "on_exit: node 'sweep' failed: exit status 4");
  }
}

TEST_CASE("a run that was cancelled stays so, wherever it is cut off afterwards") {
  bool is_cut_off = true;
  for (int commits = 3; is_cut_off; ++commits) {
    CAPTURE(commits);
    RunBench bench(
        "name: cancelled\n"
        "nodes: [{id: nap, wait: 1h}, {id: never, run: 'echo never >> trace'}]\n"
        "on_failure: {id: tell, run: 'echo tell >> trace'}\n"
        "on_exit: {id: sweep, run: 'echo sweep >> trace'}\n");
    bench.observer.when_ticked = [&, is_sent = false]() mutable {
      if (is_sent || bench.record().status != ExecutionStatus::waiting) return;
      is_sent = true;
      raise(SIGINT);
    };
    is_cut_off = !bench.run(commits).ok();
    const bool was_noticed = bench.record().error.has_value();
    if (is_cut_off && !was_noticed) continue;  // it would wait for an hour
    if (is_cut_off) REQUIRE(bench.run().ok());
    CHECK(bench.record().status == ExecutionStatus::cancelled);
    CHECK(bench.node("nap").status == NodeStatus::cancelled);
    CHECK(count(bench.trace(), "never") == 0);
    CHECK(count(bench.trace(), "tell") == 0);
    CHECK(count(bench.trace(), "sweep") >= 1);
  }
}

TEST_CASE("a run that goes on hears first what was asked of it meanwhile") {
  RunBench bench(
      "name: cancelled\n"
      "nodes: [{id: first, run: 'echo first >> trace'}, {id: last, run: 'echo last >> trace'}]\n"
      "on_exit: {id: sweep, run: 'echo sweep >> trace'}\n");
  // Cut off when the first step has ended and the last one has not begun.
  REQUIRE_FALSE(bench.run(2).ok());
  REQUIRE(bench.store.request_cancel(bench.id, {bench.clock.now(), "ann"}).ok());
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::cancelled);
  CHECK(bench.record().error->message == "cancelled by ann");
  CHECK(count(bench.trace(), "last") == 0);
  CHECK(count(bench.trace(), "sweep") == 1);
}
