#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using Keys = std::vector<std::string>;

TEST_CASE("rounds run in order and carry on what the body assigns") {
  WorkflowBuilder build;
  build.variable("sum");
  build.variable("list");
  auto body =
      build.sequence({with_output(transform("add", "sum + item * 10 + item_index"), "sum")});
  build.then(node("each", loop_over("list", std::move(body))));
  build.returns("${[sum, each]}");
  TestRun run(build.workflow(), core::Object{{"sum", 0}, {"list", core::Array{1, 2, 3}}});
  run.start();
  CHECK(run.return_value() == core::Value(core::Array{63, core::Array{10, 31, 63}}));
  CHECK(run.runtime.status_of("each[2]/add") == "completed");
  CHECK(run.runtime.all<Progress>().back().total == 3);
}

TEST_CASE("a loop fails as soon as its rounds make more than one value may hold") {
  WorkflowBuilder build;
  core::LoopNode loop = loop_times(4, build.sequence({shell("step")}));
  SUBCASE("one after the other") {}
  SUBCASE("side by side") {
    loop.parallel = 2;
  }
  build.then(node("each", std::move(loop)));
  TestRun run(build.workflow());
  run.start();
  const std::string large(30'000'000, 'x');
  for (const char* step : {"each[0]/step", "each[1]/step", "each[2]/step"}) {
    CHECK_FALSE(run.is_over());
    run.complete(step, large);
  }
  run.end_cancelled();
  REQUIRE(run.result().status == core::ExecutionStatus::failed);
  CHECK(run.result().failure->type == "data");
  CHECK(run.result().failure->path == "each");
  CHECK(run.result().failure->message ==
        "the values of the rounds make at least 90000009 bytes, 64 MiB is most for one value");
}

TEST_CASE("rounds that only compute let others go first after each of them") {
  WorkflowBuilder build;
  core::LoopNode loop = loop_times(1000, build.sequence({transform("add", "item")}));
  std::vector<core::Graph> racers;
  racers.push_back(build.sequence({shell("hare")}));
  racers.push_back(build.sequence({node("tortoise", std::move(loop))}));
  core::Node race = node("race", branches(std::move(racers), core::MergeStrategy::wait_any));
  race.timeout = std::chrono::seconds(60);
  build.then(std::move(race));
  TestRun run(build.workflow());
  run.runtime.holds_yields = true;
  run.start();
  run.complete("race[1]/tortoise[1]");
  run.complete("race[1]/tortoise[2]");
  CHECK(run.runtime.status_of("race[1]/tortoise[2]/add") == "completed");
  CHECK(run.pending() == Keys{"race#timeout", "race[0]/hare", "race[1]/tortoise[3]"});

  SUBCASE("to the node that wins a race against them") {
    run.complete("race[0]/hare");
    run.end_cancelled();  // the round
    run.end_cancelled();  // the clock
    REQUIRE(run.result().status == core::ExecutionStatus::completed);
    CHECK(run.runtime.status_of("race[1]/tortoise") == "cancelled");
  }
  SUBCASE("to their own time limit") {
    run.complete("race#timeout");
    run.end_cancelled();
    REQUIRE(run.result().status == core::ExecutionStatus::failed);
    CHECK(run.result().failure->type == "timeout");
  }
  CHECK(run.runtime.status_of("race[1]/tortoise[3]/add").empty());
}

TEST_CASE("parallel rounds take turns, and a cancelled one never begins") {
  WorkflowBuilder build;
  core::LoopNode loop = loop_times(3, build.sequence({transform("add", "item")}));
  loop.parallel = 2;
  core::Node each = node("each", std::move(loop));
  each.timeout = std::chrono::seconds(60);
  build.then(std::move(each));
  TestRun run(build.workflow());
  run.runtime.holds_yields = true;
  run.start();
  CHECK(run.pending() == Keys{"each#timeout", "each[0]", "each[1]"});
  run.complete("each[1]");
  CHECK(run.runtime.status_of("each[1]/add") == "completed");
  CHECK(run.pending() == Keys{"each#timeout", "each[0]", "each[2]"});
  run.complete("each#timeout");
  run.end_cancelled();
  CHECK(run.result().failure->type == "timeout");
  CHECK(run.runtime.status_of("each[0]/add").empty());
}

TEST_CASE("item and index hide variables of their name and give them back") {
  WorkflowBuilder build;
  build.variable("item");
  auto inner = build.sequence({transform("pair", "[item, other]")});
  core::LoopNode inner_loop = loop_times(2, std::move(inner));
  inner_loop.item = "other";
  auto body = build.sequence({node("inner", std::move(inner_loop))});
  build.then(node("outer", loop_times(2, std::move(body))));
  build.then(transform("after", "[item, outer]"));
  build.returns("${after}");
  TestRun run(build.workflow(), core::Object{{"item", "kept"}});
  run.start();
  using core::Array;
  const Array first{Array{0, 0}, Array{0, 1}};
  const Array second{Array{1, 0}, Array{1, 1}};
  CHECK(run.return_value() == core::Value(Array{"kept", Array{first, second}}));
  CHECK(run.runtime.status_of("outer[1]/inner[0]/pair") == "completed");
}

TEST_CASE("the item is not to be seen by nodes beside the loop, nor after it") {
  WorkflowBuilder build;
  build.top(build.add(node("each", loop_times(1, build.sequence({shell("step")})))));
  const auto beside = build.top(shell("beside"));
  const auto after = build.top(transform("after", "item ?? 'gone'"));
  build.edge(beside, after);
  build.returns("${after}");
  TestRun run(build.workflow());
  run.start();
  const auto variables_of = [&](const std::string& key) {
    const auto& activity = std::get<ActivityEffect>(run.runtime.pending(key).effect);
    return *activity.input.find("variables");
  };
  CHECK(variables_of("each[0]/step") == core::Value(core::Object{{"item", 0}, {"item_index", 0}}));
  CHECK(variables_of("beside") == core::Value(core::Object()));
  run.complete("beside");
  run.complete("each[0]/step");
  CHECK(run.return_value() == core::Value("gone"));
}

TEST_CASE("break_condition ends the loop before the body, `while` before the round") {
  WorkflowBuilder build;
  build.variable("n");
  auto body = build.sequence({with_output(transform("count", "n + 1"), "n")});
  core::LoopNode loop;
  SUBCASE("break") {
    loop = loop_times(10, std::move(body));
    loop.break_condition = expression("item == 3");
  }
  SUBCASE("while") {
    loop.condition = expression("n < 3");
    loop.body = std::move(body);
  }
  build.then(node("each", std::move(loop)));
  build.returns("${[n, len(each)]}");
  TestRun run(build.workflow(), core::Object{{"n", 0}});
  run.start();
  CHECK(run.return_value() == core::Value(core::Array{3, 3}));
}

TEST_CASE("max_iterations refuses a longer collection at once, and one more round of a `while`") {
  WorkflowBuilder build;
  auto body = build.sequence({transform("step", "item")});
  core::LoopNode loop;
  std::string message;
  std::size_t rounds = 0;
  SUBCASE("collection") {
    loop = loop_times(4, std::move(body));
    message = "the collection has 4 items, max_iterations is 3";
  }
  SUBCASE("while") {
    loop.condition = expression("true");
    loop.body = std::move(body);
    message = "the loop wants more than max_iterations (3) rounds";
    rounds = 3;
  }
  loop.max_iterations = 3;
  build.then(node("each", std::move(loop)));
  TestRun run(build.workflow());
  run.start();
  CHECK(run.result().failure->type == "data");
  CHECK(run.result().failure->message == message);
  CHECK(run.runtime.all<Progress>().size() == rounds);
}

TEST_CASE("a collection that is no list is not iterable") {
  WorkflowBuilder build;
  build.variable("x");
  auto loop = loop_over("x", build.sequence({transform("step", "item")}));
  build.then(node("each", std::move(loop)));
  TestRun run(build.workflow(), core::Object{{"x", 7}});
  run.start();
  CHECK(run.result().failure->message == "'x' is not iterable: got int");
}

TEST_CASE("an empty collection is a loop without rounds") {
  WorkflowBuilder build;
  for (const int parallel : {1, 3}) {
    auto loop = loop_over("[]", build.sequence({shell("step" + std::to_string(parallel))}));
    loop.parallel = parallel;
    build.then(node("each" + std::to_string(parallel), std::move(loop)));
  }
  build.returns("${[each1, each3]}");
  TestRun run(build.workflow());
  run.start();
  CHECK(run.return_value() == core::Value(core::Array{core::Array(), core::Array()}));
}

TEST_CASE("a failing body fails the loop with the place of the failure") {
  WorkflowBuilder build;
  auto loop = loop_times(5, build.sequence({shell("load")}));
  build.then(node("each", std::move(loop)));
  TestRun run(build.workflow());
  run.start();
  run.complete("each[0]/load");
  run.fail("each[1]/load", failure_of("execution", "exit status 3"));
  CHECK(run.result().failure->node == "load");
  CHECK(run.result().failure->path == "each[1]/load");
  CHECK(run.runtime.status_of("each") == "failed");
  CHECK(run.pending().empty());
}

TEST_CASE("a body node whose failure is handled does not end the loop") {
  WorkflowBuilder build;
  auto loop =
      loop_times(2, build.sequence({with_on_error(shell("load"), core::OnError::keep_going)}));
  build.then(node("each", std::move(loop)));
  build.returns("${each}");
  TestRun run(build.workflow());
  run.start();
  run.fail("each[0]/load", failure_of("execution"));
  run.complete("each[1]/load", "ok");
  CHECK(run.return_value() == core::Value(core::Array{nullptr, "ok"}));
}

namespace {

core::Workflow parallel_rounds(int width, const std::string& break_condition = "false") {
  WorkflowBuilder build;
  build.variable("total");
  auto loop = loop_times(
      4, build.sequence({shell("get"), with_output(transform("sum", "total + get"), "total")}));
  loop.parallel = width;
  loop.break_condition = expression(break_condition);
  build.then(node("each", std::move(loop)));
  build.returns("${[total, each]}");
  return build.workflow();
}

}  // namespace

TEST_CASE("parallel rounds work on copies and are merged by index, whoever ends first") {
  const auto workflow = parallel_rounds(4);
  TestRun run(workflow, core::Object{{"total", 100}});
  run.start();
  for (const int round : {3, 1, 0, 2}) {
    run.complete("each[" + std::to_string(round) + "]/get", round);
  }
  CHECK(run.return_value() == core::Value(core::Array{103, core::Array{100, 101, 102, 103}}));
  CHECK(run.runtime.finished("each").warnings ==
        Keys{"rounds 2 and 3 both assigned 'total'; that of 3 counts"});
}

TEST_CASE("only so many rounds run at once") {
  const auto workflow = parallel_rounds(2);
  TestRun run(workflow, core::Object{{"total", 0}});
  run.start();
  CHECK(run.pending() == Keys{"each[0]/get", "each[1]/get"});
  run.complete("each[1]/get", 1);
  CHECK(run.pending() == Keys{"each[0]/get", "each[2]/get"});
}

TEST_CASE("a break among parallel rounds lets the earlier ones finish and starts no later one") {
  const auto workflow = parallel_rounds(4, "item == 2");
  TestRun run(workflow, core::Object{{"total", 0}});
  run.start();
  CHECK(run.pending() == Keys{"each[0]/get", "each[1]/get"});
  run.complete("each[1]/get", 1);
  run.complete("each[0]/get", 0);
  CHECK(run.return_value() == core::Value(core::Array{1, core::Array{0, 1}}));
}

TEST_CASE("a failing round cancels the rounds under way") {
  const auto workflow = parallel_rounds(2);
  TestRun run(workflow, core::Object{{"total", 0}});
  run.start();
  run.fail("each[1]/get", failure_of("execution"));
  CHECK(run.runtime.pending("each[0]/get").is_cancelled);
  run.end_cancelled();
  CHECK(run.result().failure->path == "each[1]/get");
  CHECK(run.runtime.status_of("each[0]/get") == "cancelled");
  CHECK(run.runtime.log.size() == 9);
}

TEST_CASE("ten thousand rounds leave the stack flat and end") {
  WorkflowBuilder build;
  build.variable("sum");
  auto loop =
      loop_times(10'000, build.sequence({with_output(transform("add", "sum + item"), "sum")}));
  build.then(node("each", std::move(loop)));
  build.returns("${sum}");
  TestRun run(build.workflow(), core::Object{{"sum", 0}});
  run.start();
  CHECK(run.return_value() == core::Value(49'995'000));
}

TEST_CASE("the second attempt of a loop does its work anew, under paths of its own") {
  WorkflowBuilder build;
  build.then(with_attempts(node("each", loop_times(2, build.sequence({shell("step")}))), 2));
  TestRun run(build.workflow());
  run.start();
  run.complete("each[0]/step");
  run.fail("each[1]/step", failure_of("execution"));
  CHECK(run.pending() == Keys{"each#2"});
  run.complete("each#2");
  CHECK(run.pending() == Keys{"each@2[0]/step"});
  run.complete("each@2[0]/step");
  run.complete("each@2[1]/step");
  CHECK(run.result().status == core::ExecutionStatus::completed);
}

TEST_CASE("the record of a loop says how far it came and where it broke off") {
  WorkflowBuilder build;
  core::LoopNode loop = loop_times(5, build.sequence({transform("step", "item")}));
  core::Value break_index;
  std::int64_t rounds = 5;
  SUBCASE("to its end") {}
  SUBCASE("side by side") {
    loop.parallel = 2;
  }
  SUBCASE("until it broke off") {
    loop.break_condition = expression("item == 3");
    break_index = 3;
    rounds = 3;
  }
  SUBCASE("side by side, until it broke off") {
    loop.parallel = 2;
    loop.break_condition = expression("item == 1");
    break_index = 1;
    rounds = 1;
  }
  build.then(node("each", std::move(loop)));
  TestRun run(build.workflow());
  run.start();
  const core::Object& facts = run.runtime.finished("each").facts;
  CHECK(*facts.find("iteration_count") == core::Value(rounds));
  CHECK(*facts.find("broken") == core::Value(!break_index.is_null()));
  CHECK(*facts.find("break_index") == break_index);
}

TEST_CASE("a loop that fails tells how many rounds had run to their end") {
  WorkflowBuilder build;
  build.then(node("each", loop_times(5, build.sequence({transform("step", "1 / (2 - item)")}))));
  TestRun run(build.workflow());
  run.start();
  CHECK(run.runtime.status_of("each") == "failed");
  CHECK(*run.runtime.finished("each").facts.find("iteration_count") == core::Value(2));
}

TEST_CASE("a round that is remembered takes place again, whatever its conditions say now") {
  WorkflowBuilder build;
  core::LoopNode loop;
  loop.condition = expression("false");
  loop.body = build.sequence({transform("step", "item")});
  build.then(node("each", std::move(loop)));
  build.returns("${each}");
  TestRun run(build.workflow());
  run.runtime.remembered_rounds = {{"each[0]", true}, {"each[1]", true}};
  run.start();
  CHECK(run.return_value() == core::Value(core::Array{0, 1}));
}

TEST_CASE("a loop that is remembered as ended ends there again") {
  WorkflowBuilder build;
  core::LoopNode loop;
  loop.condition = expression("true");
  loop.body = build.sequence({transform("step", "item")});
  build.then(node("each", std::move(loop)));
  build.returns("${each}");
  TestRun run(build.workflow());
  run.runtime.remembered_rounds = {{"each[0]", true}, {"each[1]", false}};
  run.start();
  CHECK(run.return_value() == core::Value(core::Array{0}));
}

TEST_CASE("a loop walks the list with which it began") {
  WorkflowBuilder build;
  build.variable("list");
  build.then(node("each", loop_over("list", build.sequence({transform("step", "item")}))));
  build.returns("${each}");
  TestRun run(build.workflow(), core::Object{{"list", core::Array{1, 2, 3}}});
  run.runtime.begun_with = {{"each", core::Object{{"collection", core::Array{7, 8}}}}};
  run.start();
  CHECK(run.return_value() == core::Value(core::Array{7, 8}));
}
