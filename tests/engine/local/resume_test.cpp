#include "engine/local/process_identity.hpp"
#include "tests/engine/local/run_bench.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

using namespace goflow::core;
using namespace goflow::engine;
using namespace std::chrono_literals;
using goflow::test::RunBench;

namespace {

constexpr const char* several_steps =
    "name: several\n"
    "nodes:\n"
    "  - {id: first, run: 'echo first >> trace; echo 1', parse: json, output: n}\n"
    "  - {id: pure, expression: n + 1, output: m}\n"
    "  - id: rounds\n"
    "    collection: 3\n"
    "    parallel: 2\n"
    "    body:\n"
    "      - {id: step, run: 'echo step >> trace'}\n"
    "  - {id: flaky, run: 'echo flaky >> trace; test $GOFLOW_ATTEMPT != 1',\n"
    "     retry: {max_attempts: 2, initial_delay: 10ms}}\n"
    "  - {id: nap, wait: 10ms}\n"
    "  - {id: last, run: 'echo last >> trace'}\n"
    "return: ${m}\n";

int count(const std::string& text, const std::string& line) {
  int found = 0;
  for (std::size_t at = text.find(line + "\n"); at != std::string::npos;
       at = text.find(line + "\n", at + 1)) {
    ++found;
  }
  return found;
}

/// A run that was cut off while `path` was being worked on.
void leave_running(RunBench& bench, const NodeExecution& node) {
  const auto journal = goflow::test::own(bench.store, bench.id);
  JournalBatch batch;
  batch.nodes.push_back(node);
  batch.execution = bench.record();
  batch.execution->status = ExecutionStatus::running;
  batch.execution->started_at = goflow::test::noon;
  REQUIRE(journal->commit(batch).ok());
}

/// A process as a step is one: the leader of its session, with the names of its run and node.
pid_t start_step(const std::string& execution_id, const std::string& node_id) {
  const pid_t child = fork();
  if (child != 0) return child;
  setsid();
  setenv("GOFLOW_EXECUTION_ID", execution_id.c_str(), 1);
  setenv("GOFLOW_NODE", node_id.c_str(), 1);
  execl("/bin/sleep", "sleep", "1000", nullptr);
  _exit(127);
}

void wait_until_it_sleeps(pid_t child) {
  std::string name;
  while (name != "sleep") {
    std::ifstream("/proc/" + std::to_string(child) + "/comm") >> name;
  }
}

}  // namespace

TEST_CASE("a run that is cut off at any commit goes on to the same end") {
  int commits = 0;
  for (bool is_cut_off = true; is_cut_off; ++commits) {
    CAPTURE(commits);
    RunBench bench(several_steps);
    is_cut_off = !bench.run(commits).ok();
    std::set<std::string> completed;
    for (const NodeExecution& node : bench.nodes()) {
      if (is_terminal(node.status)) completed.insert(node.path);
    }
    const std::string before = bench.trace();
    if (is_cut_off) REQUIRE(bench.run().ok());

    const Execution record = bench.record();
    CHECK(record.status == ExecutionStatus::completed);
    CHECK(record.return_value == Value(2));
    CHECK(bench.nodes().size() == 9);
    CHECK(bench.store.variables(bench.id)->size() == 2);
    const std::string after = bench.trace().substr(before.size());
    CHECK(count(after, "first") == (completed.contains("first") ? 0 : 1));
    CHECK(count(after, "last") == (completed.contains("last") ? 0 : 1));
    CHECK(count(after, "step") == 3 - static_cast<int>(completed.contains("rounds[0]/step")) -
                                      static_cast<int>(completed.contains("rounds[1]/step")) -
                                      static_cast<int>(completed.contains("rounds[2]/step")));
  }
  CHECK(commits > 10);
}

TEST_CASE("a step that was cut off is run again as its next attempt") {
  RunBench bench("name: cut\nnodes:\n  - {id: step, run: 'echo $GOFLOW_ATTEMPT', output: tries}\n");
  leave_running(bench, goflow::test::a_node("step"));
  REQUIRE(bench.run().ok());
  const NodeExecution node = bench.node("step");
  CHECK(node.id == "nex-step");
  CHECK(node.status == NodeStatus::completed);
  CHECK(node.attempt == 2);
  CHECK(node.outputs == Value("2"));
  const auto attempts = *bench.store.attempts(bench.id);
  REQUIRE(attempts.size() == 1);
  CHECK(attempts[0].attempt == 1);
  CHECK(attempts[0].error->type == "interrupted");
}

TEST_CASE("being cut off does not use up retries") {
  RunBench bench(
      "name: cut\n"
      "nodes:\n"
      "  - {id: step, run: 'echo $GOFLOW_ATTEMPT >> trace; exit 1',\n"
      "     retry: {max_attempts: 2, initial_delay: 0}}\n");
  leave_running(bench, goflow::test::a_node("step"));
  REQUIRE(bench.run().ok());
  CHECK(bench.trace() == "2\n3\n");
  CHECK(bench.node("step").attempt == 3);
  CHECK(bench.record().error->message == "retry exhausted after 2 attempts: exit status 1");
}

TEST_CASE("a step that must not be run again unasked is skipped, fails or is run, as decided") {
  RunBench bench(
      "name: cut\n"
      "nodes:\n"
      "  - {id: step, run: echo step >> trace, output: text,\n"
      "     retry: {on_resume: never, max_attempts: 3}}\n"
      "  - {id: last, run: echo last >> trace}\n");
  leave_running(bench, goflow::test::a_node("step"));
  const auto undecided = nodes_to_decide_on(bench.workflow, bench.nodes());
  REQUIRE(undecided.size() == 1);
  CHECK(undecided[0].path == "step");

  SUBCASE("skipped") {
    bench.decisions = {{"step", AfterInterruption::skip}};
    REQUIRE(bench.run().ok());
    CHECK(bench.trace() == "last\n");
    CHECK(bench.node("step").status == NodeStatus::skipped);
    CHECK(bench.node("step").skip_reason == "interrupted");
    CHECK(bench.store.variables(bench.id)->empty());
  }
  SUBCASE("failed, without another attempt") {
    bench.decisions = {{"step", AfterInterruption::fail}};
    REQUIRE(bench.run().ok());
    CHECK(bench.trace().empty());
    CHECK(bench.record().status == ExecutionStatus::failed);
    CHECK(bench.record().error->type == "interrupted");
    CHECK(bench.node("step").status == NodeStatus::failed);
  }
  SUBCASE("run again") {
    bench.decisions = {{"step", AfterInterruption::rerun}};
    REQUIRE(bench.run().ok());
    CHECK(bench.trace() == "step\nlast\n");
  }
  CHECK(nodes_to_decide_on(bench.workflow, bench.nodes()).empty());
}

TEST_CASE("between two attempts nothing is cut off") {
  RunBench bench(
      "name: cut\nnodes:\n  - {id: step, run: 'true', retry: {on_resume: never, max_attempts: "
      "3}}\n");
  NodeExecution step = goflow::test::a_node("step");
  step.wait = WaitRecord{bench.clock.now(), {}};
  leave_running(bench, step);
  CHECK(nodes_to_decide_on(bench.workflow, bench.nodes()).empty());
}

TEST_CASE("a time limit that was reached is reached again when the run is replayed") {
  for (const int commits : {1, 2, 3, 4, 5, 6, -1}) {
    CAPTURE(commits);
    RunBench bench(
        "name: limited\n"
        "nodes:\n"
        "  - {id: rounds, collection: 2, timeout: 60ms, on_error: continue,\n"
        "     body: [{id: timeout, run: exec sleep 1000}]}\n"
        "  - {id: kind, expression: 'goflow.nodes[\"rounds\"].error.type', output: kind}\n"
        "  - {id: last, run: 'echo \"$kind\" >> trace'}\n");
    if (!bench.run(commits).ok()) REQUIRE(bench.run().ok());
    // Cut off before its end was recorded, the last step runs twice.
    CHECK((bench.trace() == "timeout\n" || bench.trace() == "timeout\ntimeout\n"));
    CHECK(bench.node("rounds[0]/timeout").status == NodeStatus::cancelled);
    CHECK(bench.node("rounds").error->message == "timed out after 60ms");
  }
}

namespace {

constexpr const char* computing_beside_others =
    "name: computing\n"
    "nodes:\n"
    "  - id: counted\n"
    "    while: 'true'\n"
    "    max_iterations: 1000000\n"
    "    timeout: 40ms\n"
    "    on_error: continue\n"
    "    body: [{id: add, expression: '(n ?? 0) + 1', output: n}]\n"
    "  - id: race\n"
    "    merge: wait_any\n"
    "    branches:\n"
    "      - [{id: hare, run: 'echo hare >> trace'}]\n"
    "      - - {id: tortoise, while: 'true', max_iterations: 1000000,\n"
    "           body: [{id: step, expression: 1}]}\n"
    "  - id: tried\n"
    "    while: 'goflow.attempt == 1 || (k ?? 0) < 3'\n"
    "    max_iterations: 1000000\n"
    "    timeout: 40ms\n"
    "    retry: {max_attempts: 2, on: [timeout], initial_delay: 0}\n"
    "    body: [{id: again, expression: '(k ?? 0) + 1', output: k}]\n"
    "  - {id: last, run: 'echo $n $k >> trace'}\n"
    "variables: [{name: n}, {name: k}]\n"
    "return: ['${n}', '${k}']\n";

std::int64_t completed_rows(RunBench& bench, const std::string& node_id) {
  const auto nodes = bench.nodes();
  return std::count_if(nodes.begin(), nodes.end(), [&](const NodeExecution& node) {
    return node.node_id == node_id && node.status == NodeStatus::completed;
  });
}

}  // namespace

TEST_CASE("a loop that only computes is ended by others, and as far when the run is replayed") {
  for (const int commits : {1, 2, 3, 5, 8, 13, 21, 34, -1}) {
    CAPTURE(commits);
    RunBench bench(computing_beside_others);
    if (!bench.run(commits).ok()) REQUIRE(bench.run().ok());

    const Execution record = bench.record();
    CHECK(record.status == ExecutionStatus::completed);
    CHECK(bench.node("counted").error->message == "timed out after 40ms");
    CHECK(bench.node("race[1]/tortoise").status == NodeStatus::cancelled);
    const Array counts{completed_rows(bench, "add"), completed_rows(bench, "again")};
    CHECK(record.return_value == Value(counts));
  }
}

TEST_CASE("a step that was let through by its `when` is not left out when the run goes on") {
  bool is_cut_off = true;
  for (int commits = 0; is_cut_off; ++commits) {
    CAPTURE(commits);
    RunBench bench(
        "name: stages\n"
        "env_allow: [STAGE]\n"
        "nodes:\n"
        "  - {id: blue, when: env('STAGE') == 'blue', run: 'echo blue >> trace'}\n"
        "  - {id: green, when: env('STAGE') == 'green', run: 'echo green >> trace'}\n"
        "  - {id: last, expression: \"goflow.nodes['blue'].completed_at\"}\n");
    bench.environment.emplace_back("STAGE=blue");
    is_cut_off = !bench.run(commits).ok();
    const NodeExecution blue = bench.node("blue");
    const bool was_passed = !bench.node("green").path.empty();
    bench.environment.back() = "STAGE=green";
    if (is_cut_off) REQUIRE(bench.run().ok());

    const bool has_begun = !blue.path.empty();
    CHECK(bench.node("blue").status ==
          (has_begun || !is_cut_off ? NodeStatus::completed : NodeStatus::skipped));
    CHECK(bench.node("green").status ==
          (was_passed || !is_cut_off ? NodeStatus::skipped : NodeStatus::completed));
    if (blue.completed_at && is_cut_off)
      CHECK(bench.node("blue").completed_at == blue.completed_at);
  }
}

TEST_CASE("a loop goes on with the rounds it had decided on, whatever is true by now") {
  bool is_cut_off = true;
  for (int commits = 0; is_cut_off; ++commits) {
    CAPTURE(commits);
    RunBench bench(
        "name: rounds\n"
        "env_allow: [LIST, MORE]\n"
        "nodes:\n"
        "  - {id: each, collection: \"split(env('LIST'), ',')\", body: {id: say, run: 'echo $item "
        ">> "
        "trace'}}\n"
        "  - id: until\n"
        "    while: env('MORE') == 'yes' and item < 2\n"
        "    body: {id: more, run: 'echo more >> trace'}\n");
    bench.environment.insert(bench.environment.end(), {"LIST=a,b", "MORE=yes"});
    is_cut_off = !bench.run(commits).ok();
    const bool list_was_known = bench.node("each").inputs.find("collection") != nullptr;
    const int rounds_begun = static_cast<int>(!bench.node("until[0]/more").path.empty()) +
                             static_cast<int>(!bench.node("until[1]/more").path.empty());
    bench.environment = {"PATH=/usr/bin:/bin", "LIST=x", "MORE=no"};
    if (!is_cut_off) break;
    REQUIRE(bench.run().ok());
    CHECK((count(bench.trace(), "x") == 0) == list_was_known);
    CHECK(bench.node("each").outputs.as_array().size() == (list_was_known ? 2 : 1));
    CHECK(bench.node("until").outputs.as_array().size() == static_cast<std::size_t>(rounds_begun));
  }
}

TEST_CASE("a computation that failed has failed for good, though it would succeed by now") {
  RunBench bench(
      "name: stages\n"
      "env_allow: [STAGE]\n"
      "nodes:\n"
      "  - {id: look, expression: \"1 / len(env('STAGE'))\", on_error: continue}\n"
      "  - {id: nap, wait: 5ms}\n"
      "  - {id: last, expression: \"goflow.nodes['look'].status\"}\n"
      "return: ${last}\n");
  bench.environment.emplace_back("STAGE=");
  REQUIRE_FALSE(bench.run(3).ok());
  REQUIRE(bench.node("look").status == NodeStatus::failed);
  bench.environment.back() = "STAGE=green";
  REQUIRE(bench.run().ok());
  CHECK(bench.record().return_value == Value("failed"));
}

TEST_CASE("a computation that is tried again comes to the same end when the run goes on") {
  bool is_cut_off = true;
  for (int commits = 0; is_cut_off; ++commits) {
    CAPTURE(commits);
    RunBench bench(
        "name: again\n"
        "nodes:\n"
        "  - {id: look, expression: '1 / (goflow.attempt - 1)', output: n,\n"
        "     retry: {max_attempts: 3, initial_delay: 1ms}}\n"
        "  - {id: nap, wait: 1ms}\n"
        "return: [\"${n}\", \"${goflow.nodes['look'].attempts}\"]\n");
    is_cut_off = !bench.run(commits).ok();
    if (is_cut_off) REQUIRE(bench.run().ok());
    CHECK(bench.record().return_value == Value(Array{1, 2}));
    CHECK(bench.store.attempts(bench.id)->size() == 1);
  }
}

TEST_CASE("a step that was cut off sees the time of its first beginning") {
  RunBench bench("name: cut\nnodes:\n  - {id: step, command: [echo, '${now()}'], output: time}\n");
  NodeExecution step = goflow::test::a_node("step");
  step.attempt = 2;
  leave_running(bench, step);
  const auto journal = goflow::test::own(bench.store, bench.id);
  JournalBatch batch;
  batch.attempts.push_back({"step", 1, goflow::test::noon, goflow::test::noon + 1s});
  batch.attempts.back().error = Failure{"interrupted", "goflow ended"};
  REQUIRE(journal->commit(batch).ok());
  REQUIRE(bench.run().ok());
  CHECK(bench.node("step").attempt == 3);
  CHECK(bench.node("step").outputs == Value("2026-01-19T12:00:00.000Z"));
}

TEST_CASE("a step sees the environment in which its run was created") {
  RunBench bench(
      "name: stages\nenv_allow: [STAGE, OTHER]\n"
      "nodes: [{id: step, expression: \"[env('STAGE'), env('OTHER')]\", output: seen}]\n"
      "return: ${seen}\n");
  bench.environment.insert(bench.environment.end(), {"STAGE=green", "OTHER=one"});
  SUBCASE("as far as it is recorded") {
    REQUIRE(bench.store
                .update(bench.id,
                        [](Execution& execution) -> Result<void> {
                          execution.environment = TextMap{{"STAGE", "blue"}};
                          return {};
                        })
                .ok());
    REQUIRE(bench.run().ok());
    CHECK(bench.record().return_value == Value(Array{"blue", Value()}));
  }
  SUBCASE("or the one there is, in a record that does not tell") {
    REQUIRE(bench.run().ok());
    CHECK(bench.record().return_value == Value(Array{"green", "one"}));
  }
}

TEST_CASE("a wait that was over meanwhile is over at once") {
  RunBench bench("name: nap\nnodes:\n  - {id: nap, wait: 24h}\n");
  NodeExecution nap = goflow::test::a_node("nap");
  nap.node_type = "wait";
  nap.wait = WaitRecord{bench.clock.now() - 1h, {}};
  leave_running(bench, nap);
  REQUIRE(bench.run().ok());
  CHECK(bench.node("nap").status == NodeStatus::completed);
  CHECK(bench.node("nap").started_at == nap.started_at);
}

TEST_CASE("a wait keeps its due time") {
  RunBench bench("name: nap\nnodes:\n  - {id: nap, wait: 24h}\n");
  NodeExecution nap = goflow::test::a_node("nap");
  nap.node_type = "wait";
  const Timestamp due = bench.clock.now() + 200ms;
  nap.wait = WaitRecord{due, {}};
  leave_running(bench, nap);
  REQUIRE(bench.run().ok());
  CHECK(*bench.node("nap").completed_at >= due);
}

TEST_CASE("the delay before an attempt keeps its due time, too") {
  RunBench bench(
      "name: later\n"
      "nodes:\n"
      "  - {id: step, run: 'echo $GOFLOW_ATTEMPT >> trace',\n"
      "     retry: {max_attempts: 3, initial_delay: 1h, max_delay: 1h}}\n");
  NodeExecution step = goflow::test::a_node("step");
  step.attempt = 2;
  step.wait = WaitRecord{bench.clock.now() - 1s, {}};
  leave_running(bench, step);
  const auto journal = goflow::test::own(bench.store, bench.id);
  JournalBatch batch;
  batch.attempts.push_back({"step", 1, goflow::test::noon, goflow::test::noon});
  batch.attempts.back().error = Failure{"execution", "exit status 1"};
  REQUIRE(journal->commit(batch).ok());
  REQUIRE(bench.run().ok());
  CHECK(bench.trace() == "2\n");
  CHECK(bench.node("step").status == NodeStatus::completed);
  CHECK(bench.store.attempts(bench.id)->size() == 1);
}

TEST_CASE("the time limit of a run does not count the time it was interrupted") {
  RunBench bench("name: limited\ntimeout: 10s\nnodes:\n  - {id: step, run: 'true'}\n");
  const auto journal = goflow::test::own(bench.store, bench.id);
  JournalBatch batch;
  batch.execution = bench.record();
  batch.execution->status = ExecutionStatus::running;
  batch.execution->started_at = goflow::test::noon;
  batch.execution->deadline_at = goflow::test::noon + 10s;
  REQUIRE(journal->commit(batch).ok());
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::completed);
}

TEST_CASE("a time limit that only this run was given holds when it is resumed") {
  RunBench bench("name: unlimited\nnodes:\n  - {id: step, run: sleep 100}\n");
  const auto journal = goflow::test::own(bench.store, bench.id);
  JournalBatch batch;
  batch.execution = bench.record();
  batch.execution->status = ExecutionStatus::running;
  batch.execution->started_at = bench.clock.now();
  batch.execution->deadline_at = bench.clock.now() + 50ms;
  REQUIRE(journal->commit(batch).ok());
  REQUIRE(bench.run().ok());
  CHECK(bench.record().status == ExecutionStatus::timed_out);
  REQUIRE(bench.record().error);
  CHECK(bench.record().error->message == "timed out while running 'step'");
}

TEST_CASE("processes left behind by an earlier owner are ended") {
  RunBench bench("name: cut\nnodes:\n  - {id: step, run: 'true'}\n");
  const pid_t leftover = fork();
  if (leftover == 0) {
    setpgid(0, 0);
    execl("/bin/sleep", "sleep", "1000", nullptr);
    _exit(127);
  }
  setpgid(leftover, leftover);
  NodeExecution step = goflow::test::a_node("step");
  step.process = ProcessRecord{leftover, process_start_time(leftover)};
  leave_running(bench, step);
  REQUIRE(bench.run().ok());
  int status = 0;
  CHECK(waitpid(leftover, &status, 0) == leftover);
  CHECK(WIFSIGNALED(status));
}

TEST_CASE("a process that was started but not recorded is ended too, and no other one") {
  RunBench bench("name: cut\nnodes:\n  - {id: step, run: 'true'}\n");
  const pid_t leftover = start_step(bench.id, "step");
  const pid_t of_an_ended_node = start_step(bench.id, "other");
  const pid_t of_another_run = start_step("wex-another", "step");
  for (const pid_t child : {leftover, of_an_ended_node, of_another_run}) {
    wait_until_it_sleeps(child);
  }
  leave_running(bench, goflow::test::a_node("step"));
  REQUIRE(bench.run().ok());

  int status = 0;
  CHECK(waitpid(leftover, &status, 0) == leftover);
  CHECK(WIFSIGNALED(status));
  for (const pid_t stranger : {of_an_ended_node, of_another_run}) {
    CHECK(waitpid(stranger, &status, WNOHANG) == 0);
    kill(stranger, SIGKILL);
    waitpid(stranger, &status, 0);
  }
}

TEST_CASE("a process that only has the number of an earlier one is left alone") {
  RunBench bench("name: cut\nnodes:\n  - {id: step, run: 'true'}\n");
  const pid_t stranger = fork();
  if (stranger == 0) {
    setpgid(0, 0);
    execl("/bin/sleep", "sleep", "1000", nullptr);
    _exit(127);
  }
  setpgid(stranger, stranger);
  NodeExecution step = goflow::test::a_node("step");
  step.process = ProcessRecord{stranger, "1"};
  leave_running(bench, step);
  REQUIRE(bench.run().ok());
  CHECK(waitpid(stranger, nullptr, WNOHANG) == 0);
  kill(stranger, SIGKILL);
  waitpid(stranger, nullptr, 0);
}
