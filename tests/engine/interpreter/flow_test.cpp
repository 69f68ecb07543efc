#include "core/base/duration.hpp"
#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using Keys = std::vector<std::string>;

TEST_CASE("a sequence runs node by node, and each sees what those before it made") {
  WorkflowBuilder build;
  build.then(shell("fetch"));
  build.then(with_output(transform("total", "fetch + 1"), "sum"));
  build.then(shell("report"));
  build.returns("${sum}");
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending() == Keys{"fetch"});
  run.complete("fetch", 41);
  CHECK(run.pending() == Keys{"report"});
  run.complete("report");
  CHECK(run.return_value() == core::Value(42));
  CHECK(run.runtime.log == Keys{"started fetch#1",
                                "begin fetch",
                                "finished fetch completed 41",
                                "started total#1",
                                "set :sum - -> 42 by total",
                                "finished total completed 42",
                                "started report#1",
                                "begin report",
                                "finished report completed null"});
}

TEST_CASE("a join waits for all that lead to it and starts in the order of the file") {
  WorkflowBuilder build;
  const auto left = build.top(shell("left"));
  const auto right = build.top(shell("right"));
  const auto total = build.top(shell("total"));
  build.edge(left, total);
  build.edge(right, total);
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending() == Keys{"left", "right"});
  run.complete("right");
  CHECK(run.pending() == Keys{"left"});
  run.complete("left");
  CHECK(run.pending() == Keys{"total"});
  run.complete("total");
  CHECK(run.is_over());
}

TEST_CASE("a diamond takes the arm of the condition, skips the other and joins again") {
  for (const bool truth : {true, false}) {
    CAPTURE(truth);
    WorkflowBuilder build;
    build.variable("big");
    const auto ask = build.top(condition("ask", "big"));
    const auto yes = build.top(shell("yes"));
    const auto after_yes = build.top(passthrough("after_yes"));
    const auto no = build.top(shell("no"));
    const auto join = build.top(passthrough("join"));
    build.edge(ask, yes, core::Route::when_true);
    build.edge(ask, no, core::Route::when_false);
    build.edge(yes, after_yes);
    build.edge(after_yes, join);
    build.edge(no, join);
    build.returns("${yes ?? no}");
    TestRun run(build.workflow(), core::Object{{"big", truth}});
    run.start();
    const std::string taken = truth ? "yes" : "no";
    CHECK(run.pending() == Keys{taken});
    CHECK(run.runtime.finished(truth ? "no" : "yes").skip_reason == "not_taken");
    run.complete(taken, taken);
    CHECK(run.return_value() == core::Value(taken));
    CHECK(run.runtime.status_of("after_yes") == (truth ? "completed" : "skipped"));
  }
}

TEST_CASE("a node behind dead paths only is skipped, and so is what follows it") {
  WorkflowBuilder build;
  const auto ask = build.top(condition("ask", "false"));
  const auto first = build.top(shell("first"));
  const auto second = build.top(shell("second"));
  const auto third = build.top(shell("third"));
  build.edge(ask, first, core::Route::when_true);
  build.edge(first, second);
  build.edge(second, third);
  TestRun run(build.workflow());
  run.start();
  CHECK(run.is_over());
  CHECK(run.runtime.log == Keys{"started ask#1",
                                "finished ask completed false",
                                "finished first skipped nullnot_taken",
                                "finished second skipped nullnot_taken",
                                "finished third skipped nullnot_taken"});
}

TEST_CASE(
    "`when` leaves out one step: its value is null, its variable stays, its edges are taken") {
  WorkflowBuilder build;
  build.variable("kept");
  build.then(with_when(with_output(shell("maybe"), "kept"), "false"));
  build.then(transform("seen", "maybe == null && kept == 1"));
  build.returns("${seen}");
  TestRun run(build.workflow(), core::Object{{"kept", 1}});
  run.start();
  CHECK(run.return_value() == core::Value(true));
  CHECK(run.runtime.finished("maybe").skip_reason == "when");
  CHECK(run.runtime.all<NodeStarted>().size() == 1);
}

TEST_CASE("a condition or `when` that is no boolean fails the node") {
  WorkflowBuilder build;
  build.variable("size");
  SUBCASE("condition") {
    build.then(condition("ask", "size"));
  }
  SUBCASE("when") {
    build.then(with_when(shell("ask"), "size"));
  }
  TestRun run(build.workflow(), core::Object{{"size", 3}});
  run.start();
  REQUIRE(run.result().status == core::ExecutionStatus::failed);
  CHECK(run.result().failure->type == "data");
  CHECK(run.result().failure->message == "'size' must be true or false, got int");
  CHECK(run.runtime.status_of("ask") == "failed");
}

TEST_CASE("of independent nodes only as many run at once as the concurrency allows") {
  WorkflowBuilder build;
  build.workflow().concurrency = 4;
  for (int i = 0; i < 1000; ++i)
    build.top(shell("n" + std::to_string(i)));
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending() == Keys{"n0", "n1", "n2", "n3"});
  while (!run.is_over())
    run.complete(run.pending().back());
  CHECK(run.runtime.most_pending == 4);
  CHECK(run.runtime.all<NodeFinished>().size() == 1000);
}

TEST_CASE("waits do not count as running, and begin although all places are taken") {
  WorkflowBuilder build;
  build.workflow().concurrency = 1;
  build.top(shell("first"));
  build.top(wait_for("pause", "1h30m"));
  build.top(shell("second"));
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending() == Keys{"first", "pause"});
  const auto& sleep = std::get<SleepEffect>(run.runtime.pending("pause").effect);
  CHECK(std::get<std::chrono::milliseconds>(sleep.until) == std::chrono::minutes(90));
  run.complete("first");
  CHECK(run.pending() == Keys{"pause", "second"});
}

TEST_CASE("never more than 256 nodes are active, however wide branches fan out") {
  WorkflowBuilder build;
  std::vector<core::Graph> graphs;
  for (int i = 0; i < 300; ++i)
    graphs.push_back(build.sequence({shell("n" + std::to_string(i))}));
  build.then(node("fan", branches(std::move(graphs))));
  TestRun run(build.workflow());
  run.start();
  CHECK(run.pending().size() == 256);
  CHECK(run.runtime.all<NodeStarted>().size() == 257);
  run.complete("fan[7]/n7");
  CHECK(run.pending().back() == "fan[256]/n256");
  while (!run.is_over())
    run.complete(run.pending().front());
  CHECK(run.runtime.most_pending == 256);
}

TEST_CASE("a wait takes a number of seconds, or a time, and nothing else") {
  WorkflowBuilder build;
  build.variable("due");
  SUBCASE("seconds") {
    build.then(wait_for("pause", "${due}"));
    TestRun run(build.workflow(), core::Object{{"due", 0.5}});
    run.start();
    const auto& sleep = std::get<SleepEffect>(run.runtime.pending("pause").effect);
    CHECK(std::get<std::chrono::milliseconds>(sleep.until).count() == 500);
  }
  SUBCASE("a time") {
    build.then(node("pause", core::WaitNode{.duration = {}, .until = value_template("${due}")}));
    TestRun run(build.workflow(), core::Object{{"due", "1970-01-01T00:00:05Z"}});
    run.start();
    const auto& sleep = std::get<SleepEffect>(run.runtime.pending("pause").effect);
    CHECK(std::get<core::Timestamp>(sleep.until) == core::Timestamp(std::chrono::seconds(5)));
    run.complete("pause", "ignored");
    CHECK(run.runtime.finished("pause").value.is_null());
  }
  SUBCASE("something else") {
    build.then(wait_for("pause", "${due}"));
    TestRun run(build.workflow(), core::Object{{"due", "soon"}});
    run.start();
    CHECK(run.result().failure->type == "data");
    CHECK(run.result().failure->message ==
          "\"soon\" is not a duration: write " + std::string(core::duration_rule));
  }
}

TEST_CASE("the return value is that of the one end reached, or all of them by their ids") {
  WorkflowBuilder build;
  build.workflow().has_end_nodes = true;
  build.variable("both");
  const auto ask = build.top(condition("ask", "both"));
  const auto one = build.top(end("one", "${1}"));
  const auto two = build.top(end("two", "${2}"));
  build.edge(ask, one, core::Route::when_true);
  const auto pass = build.top(passthrough("pass"));
  build.edge(pass, two);
  for (const bool both : {true, false}) {
    TestRun run(build.workflow(), core::Object{{"both", both}});
    run.start();
    const core::Value all = core::Object{{"one", 1}, {"two", 2}};
    CHECK(run.return_value() == (both ? all : core::Value(2)));
  }
}

TEST_CASE("a return value that cannot be computed fails the run") {
  WorkflowBuilder build;
  build.variable("nothing");
  build.then(passthrough("pass"));
  build.returns("${nothing}");
  TestRun run(build.workflow());
  run.start();
  CHECK(run.result().status == core::ExecutionStatus::failed);
  CHECK(run.result().failure->type == "data");
}
