#include "core/execution/status_report.hpp"

#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <string_view>

using namespace goflow::core;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 19};

struct Record {
  Execution execution;
  std::vector<NodeExecution> nodes;

  explicit Record(ExecutionStatus status = ExecutionStatus::running) {
    execution.id = "wex-1";
    execution.status = status;
    execution.created_at = now - 1h;
    if (status != ExecutionStatus::pending) execution.started_at = now - 30min;
  }
  Result<void> merge(std::string_view json) {
    return merge_report(*parse_json(json), execution, nodes, "ann", now);
  }
};

}  // namespace

TEST_CASE("the first move to running is the start, the last move the end") {
  Record record(ExecutionStatus::pending);
  REQUIRE(record.merge(R"({"phase":"EXECUTION_IN_PROGRESS"})").ok());
  CHECK(record.execution.status == ExecutionStatus::running);
  CHECK(record.execution.started_at == now);
  REQUIRE(record.merge(R"({"status":"Completed","completed_at":"2020-01-01T00:00:00Z"})").ok());
  CHECK(record.execution.completed_at == now);  // never before the start
  CHECK(record.execution.audit->status.updated_by == "ann");
  CHECK(record.execution.audit->status.event == "updated");
}

TEST_CASE("what is absent, empty or unspecified stays as it is") {
  Record record;
  record.execution.error = Failure{"execution", "before"};
  record.execution.return_value = 7;
  REQUIRE(record
              .merge(R"({"phase":"EXECUTION_PHASE_UNSPECIFIED","error":"","started_at":"",
                         "completed_at":null,"tasks":[],"temporal_workflow_id":""})")
              .ok());
  CHECK(record.execution.status == ExecutionStatus::running);
  CHECK(record.execution.error->message == "before");
  CHECK(record.execution.return_value == Value(7));
  CHECK(record.execution.started_at == now - 30min);
}

TEST_CASE("phase and status may both be told, if they mean the same") {
  Record record;
  REQUIRE(record.merge(R"({"phase":"EXECUTION_FAILED","status":"timed_out"})").ok());
  CHECK(record.execution.status == ExecutionStatus::timed_out);
  Record other;
  const auto refused = other.merge(R"({"phase":"EXECUTION_COMPLETED","status":"failed"})");
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(refused.error().message == "'phase' and 'status' contradict each other");
  Record third;
  REQUIRE(third.merge(R"({"phase":"EXECUTION_PHASE_UNSPECIFIED","status":"failed"})").ok());
  CHECK(third.execution.status == ExecutionStatus::failed);
}

TEST_CASE("what a task is called, and what else is told about it, is kept") {
  Record record;
  REQUIRE(record
              .merge(R"({"tasks":[{"task_id":"a","task_name":"Build","metadata":{"queue":"q"}},
                                  {"task_id":"b","task_name":"","metadata":null}]})")
              .ok());
  REQUIRE(record.nodes.size() == 2);
  CHECK(record.nodes[0].facts ==
        Object{{"task_name", "Build"}, {"metadata", Object{{"queue", "q"}}}});
  CHECK(record.nodes[1].facts.empty());
}

TEST_CASE("tasks replace the recorded ones, or merge with them by their id") {
  Record record;
  REQUIRE(record
              .merge(R"({"tasks":[{"task_id":"a","status":"WORKFLOW_TASK_COMPLETED"},
                                    {"task_id":"each[2]/b","status":"running"}]})")
              .ok());
  REQUIRE(record.nodes.size() == 2);
  CHECK(record.nodes[0].status == NodeStatus::completed);
  CHECK(record.nodes[1].node_id == "b");
  REQUIRE(record
              .merge(R"({"tasks_mode":"merge","tasks":[
              {"task_id":"each[2]/b","status":"failed","error":{"type":"timeout","message":"slow"}}]})")
              .ok());
  REQUIRE(record.nodes.size() == 2);
  CHECK(record.nodes[1].status == NodeStatus::failed);
  CHECK(record.nodes[1].error->type == "timeout");
  REQUIRE(record.merge(R"({"tasks":[{"task_id":"c"}]})").ok());
  REQUIRE(record.nodes.size() == 1);
  CHECK(record.nodes[0].status == NodeStatus::pending);
}

TEST_CASE("a report that says what cannot be is refused") {
  const auto code_of = [](std::string_view json, ExecutionStatus status) {
    Record record(status);
    const auto merged = record.merge(json);
    REQUIRE_FALSE(merged.ok());
    return merged.error().code;
  };
  using enum ExecutionStatus;
  CHECK(code_of(R"({"labels":{}})", running) == ErrorCode::invalid_argument);
  CHECK(code_of(R"({"status":"done"})", running) == ErrorCode::invalid_argument);
  CHECK(code_of(R"({"status":1})", running) == ErrorCode::invalid_argument);
  CHECK(code_of(R"({"tasks":{}})", running) == ErrorCode::invalid_argument);
  CHECK(code_of(R"({"tasks":[1]})", running) == ErrorCode::invalid_argument);
  CHECK(code_of(R"({"tasks":[{"task_id":""}]})", running) == ErrorCode::invalid_argument);
  CHECK(code_of(R"({"tasks":[{"task_id":"a"}],"tasks_mode":"add"})", running) ==
        ErrorCode::invalid_argument);
  CHECK(code_of(R"([])", running) == ErrorCode::invalid_argument);
  CHECK(code_of(R"({"status":"pending"})", running) == ErrorCode::failed_precondition);
  CHECK(code_of(R"({"status":"completed"})", pending) == ErrorCode::failed_precondition);
  for (const auto ended : {completed, failed, cancelled, timed_out}) {
    CHECK(code_of(R"({})", ended) == ErrorCode::failed_precondition);
  }
}
