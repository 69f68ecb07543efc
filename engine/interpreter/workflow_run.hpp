// Walks a workflow: decides what comes next, asks a Runtime to do it, never touches the outside.
#pragma once

#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/interpreter/runtime.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace goflow::engine {

struct RunIdentity {
  std::string execution_id;
  core::Timestamp started_at;
  int default_concurrency = 2;      // where the workflow does not say
  core::TextMap instance_env = {};  // over the env of the workflow
};

struct RunResult {
  core::ExecutionStatus status = core::ExecutionStatus::completed;
  core::Value return_value = {};
  std::optional<core::Failure> failure = std::nullopt;
  std::vector<std::string> warnings = {};
};

/// One run of one workflow, from its first node to its return value. Single-threaded.
///
/// The runtime's answers only mark what can go on; step() goes on. The caller calls step() after
/// start(), after cancel() and after every answer, until it returns false.
class WorkflowRun {
 public:
  /// `workflow` and `runtime` must outlive the run. `inputs` are resolved already.
  WorkflowRun(const core::Workflow& workflow,
              core::Object inputs,
              RunIdentity identity,
              Runtime& runtime);
  ~WorkflowRun();
  WorkflowRun(const WorkflowRun&) = delete;
  WorkflowRun& operator=(const WorkflowRun&) = delete;

  void start();
  /// Starts nothing more, ends what is active, and finishes as `status` (cancelled or timed_out);
  /// handlers run nevertheless. False: too late, its end is decided.
  bool cancel(core::ExecutionStatus status, core::Failure reason);
  /// No handler begins, and one that is under way ends.
  void skip_handlers();
  /// Why it is cancelled, or why it failed once its handlers begin; nullptr otherwise.
  [[nodiscard]] const core::Failure* failure() const;
  /// All nodes have ended, and handlers are under way.
  [[nodiscard]] bool is_in_handlers() const;
  /// Continues up to `most` coroutines; true: more can go on right now.
  bool step(std::size_t most);
  /// Present once everything has ended.
  [[nodiscard]] const std::optional<RunResult>& result() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace goflow::engine
