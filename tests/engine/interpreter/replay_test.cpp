#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace goflow;
using namespace goflow::engine;

namespace {

/// Branches, parallel and ordered rounds, a join, a choice, retries, races and a time limit.
core::Workflow everything() {
  WorkflowBuilder build;
  build.workflow().concurrency = 3;
  for (const auto* name : {"sum", "mark", "list"})
    build.variable(name);

  const auto fetch = build.top(with_attempts(shell("flaky_fetch"), 3));
  core::LoopNode rounds = loop_over(
      "list", build.sequence({shell("get"), with_output(transform("add", "sum + get"), "sum")}));
  rounds.parallel = 2;
  const auto each = build.top(node("each", std::move(rounds)));

  std::vector<core::Graph> racers;
  racers.push_back(build.sequence({shell("hare"), shell("hare_again")}));
  racers.push_back(build.sequence({shell("tortoise")}));
  core::Node race = node("race", branches(std::move(racers), core::MergeStrategy::wait_any));
  race.timeout = std::chrono::seconds(60);
  const auto racing = build.top(std::move(race));

  std::vector<core::Graph> sides;
  sides.push_back(build.sequence({with_output(shell("left"), "mark")}));
  core::LoopNode inner = loop_times(2, build.sequence({with_attempts(shell("flaky_step"), 2)}));
  sides.push_back(build.sequence({node("inner", std::move(inner)), wait_for("pause", "5s")}));
  const auto fan = build.top(node("fan", branches(std::move(sides))));

  const auto rescued = build.top(with_on_error(shell("broken"), core::OnError::keep_going));
  const auto choice = build.top(condition("choice", "len(each) == 3"));
  const auto yes = build.top(shell("yes"));
  const auto no = build.top(shell("no"));
  const auto total = build.top(transform("total", "[sum, len(each), mark, yes]"));
  build.edge(fetch, choice);
  build.edge(each, choice);
  build.edge(racing, total);
  build.edge(fan, total);
  build.edge(rescued, fan);
  build.edge(choice, yes, core::Route::when_true);
  build.edge(choice, no, core::Route::when_false);
  build.edge(yes, total);
  build.edge(no, total);
  build.returns("${total}");
  return build.workflow();
}

core::Object inputs() {
  return core::Object{{"sum", 0}, {"mark", "none"}, {"list", core::Array{1, 2, 3}}};
}

/// What the world makes of an effect: the same of the same effect, whenever it is asked.
EffectOutcome outcome_of(const FakeRuntime::Pending& pending) {
  if (pending.is_cancelled) return EffectOutcome{.status = EffectOutcome::Status::cancelled};
  const auto* activity = std::get_if<ActivityEffect>(&pending.effect);
  if (!activity) return EffectOutcome();
  const bool is_flaky = activity->node_id.starts_with("flaky") && activity->attempt == 1;
  if (is_flaky || activity->node_id == "broken") {
    return EffectOutcome{.status = EffectOutcome::Status::failed,
                         .failure = failure_of("execution", activity->path)};
  }
  if (activity->node_id == "get")
    return EffectOutcome{.value = *activity->input.find("variables")->find("item")};
  return EffectOutcome{.value = activity->path};
}

/// Effects by key and outcome, in the order in which they ended.
using History = std::vector<std::pair<std::string, EffectOutcome>>;

std::vector<std::string> without_clock(std::vector<std::string> keys) {
  std::erase(keys, "race#timeout");
  return keys;
}

/// Lets effects end in an order that the dice choose; the time limit never strikes.
void finish_at_random(TestRun& run, std::mt19937& dice, History& history) {
  while (!run.is_over()) {
    auto keys = without_clock(run.pending());
    if (keys.empty()) keys = run.pending();
    const std::string key = keys[dice() % keys.size()];
    const EffectOutcome outcome = outcome_of(run.runtime.pending(key));
    history.emplace_back(key, outcome);
    run.answer(key, outcome);
  }
}

}  // namespace

TEST_CASE("the same history gives the same commands and notes, and any history the same result") {
  const core::Workflow workflow = everything();
  for (unsigned seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    std::mt19937 dice(seed);
    History history;
    TestRun first(workflow, inputs());
    first.start();
    finish_at_random(first, dice, history);
    REQUIRE(first.return_value() == core::Value(core::Array{3, 3, "fan[0]/left", "yes"}));

    TestRun again(workflow, inputs());
    again.start();
    for (const auto& [key, outcome] : history)
      again.answer(key, outcome);
    REQUIRE(again.is_over());
    REQUIRE(again.runtime.log == first.runtime.log);
  }
}

TEST_CASE("answers that come at once are worked off as if they had come one by one") {
  WorkflowBuilder build;
  build.variable("x");
  const auto a = build.top(shell("a"));
  build.top(with_output(shell("b"), "x"));
  const auto seen = build.top(transform("seen", "x"));
  build.edge(a, seen);
  build.returns("${seen}");
  TestRun run(build.workflow(), core::Object{{"x", "before b"}});
  run.start();
  run.runtime.answer("a", EffectOutcome());
  run.complete("b", "after b");
  CHECK(run.return_value() == core::Value("before b"));
}

TEST_CASE("a run can be continued from every prefix of its history, and ends as it would have") {
  const core::Workflow workflow = everything();
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 dice(seed);
    History history;
    TestRun first(workflow, inputs());
    first.start();
    finish_at_random(first, dice, history);
    for (std::size_t known = 0; known <= history.size(); ++known) {
      CAPTURE(seed);
      CAPTURE(known);
      TestRun continued(workflow, inputs());
      continued.start();
      History rest(history.begin(), history.begin() + static_cast<std::ptrdiff_t>(known));
      for (const auto& [key, outcome] : rest)
        continued.answer(key, outcome);
      finish_at_random(continued, dice, rest);
      REQUIRE(continued.return_value() == first.return_value());
    }
  }
}

TEST_CASE("a run can be cancelled at every moment, and then ends") {
  const core::Workflow workflow = everything();
  std::mt19937 dice(7);
  History history;
  TestRun first(workflow, inputs());
  first.start();
  finish_at_random(first, dice, history);
  for (std::size_t known = 0; known < history.size(); ++known) {
    CAPTURE(known);
    TestRun run(workflow, inputs());
    run.start();
    for (std::size_t i = 0; i < known; ++i)
      run.answer(history[i].first, history[i].second);
    const std::size_t begun = run.runtime.all<NodeStarted>().size();
    run.cancel(core::ExecutionStatus::cancelled);
    run.end_cancelled();
    REQUIRE(run.result().status == core::ExecutionStatus::cancelled);
    REQUIRE(run.pending().empty());
    REQUIRE(run.runtime.all<NodeStarted>().size() == begun);
  }
}

TEST_CASE("a run can be destroyed at every moment, and answers that come later do no harm") {
  const core::Workflow workflow = everything();
  std::mt19937 dice(11);
  History history;
  TestRun first(workflow, inputs());
  first.start();
  finish_at_random(first, dice, history);
  for (std::size_t known = 0; known < history.size(); ++known) {
    FakeRuntime runtime;
    auto run = std::make_unique<WorkflowRun>(workflow, inputs(), RunIdentity(), runtime);
    run->start();
    // Not continued after the last answer: some are destroyed with work in the queue.
    for (std::size_t answered = 0; answered < known; ++answered) {
      while (run->step(1) || runtime.answer_yields()) {
      }
      const auto keys = runtime.pending_keys();
      if (keys.empty()) break;
      runtime.answer(keys.front(), outcome_of(runtime.pending(keys.front())));
    }
    run.reset();
    for (const auto& key : runtime.pending_keys())
      runtime.answer(key, EffectOutcome());
  }
}
