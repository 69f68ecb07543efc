#include "engine/interpreter/workflow_run.hpp"

#include "engine/interpreter/cancel_scope.hpp"
#include "engine/interpreter/environment.hpp"
#include "engine/interpreter/graph_plan.hpp"
#include "engine/interpreter/graph_walk.hpp"
#include "engine/interpreter/handlers.hpp"
#include "engine/interpreter/outcome.hpp"
#include "engine/interpreter/run_context.hpp"
#include "engine/interpreter/scope.hpp"
#include "engine/interpreter/task.hpp"
#include "engine/interpreter/variables.hpp"

#include <utility>
#include <variant>

namespace goflow::engine {

namespace {

struct Cancellation {
  core::ExecutionStatus status = core::ExecutionStatus::cancelled;
  core::Failure reason;
};

std::size_t concurrency_of(const core::Workflow& workflow, const RunIdentity& identity) {
  return static_cast<std::size_t>(workflow.concurrency.value_or(identity.default_concurrency));
}

/// The value of the one end that was reached; of several an object by their ids.
core::Value value_of_ends(const core::Workflow& workflow, const Scope& scope) {
  core::Object ends;
  for (const core::NodeIndex index : workflow.graph.nodes) {
    const core::Node& node = workflow.nodes[index];
    if (!std::holds_alternative<core::EndNode>(node.work)) continue;
    const NodeRecord* record = scope.find_record(index);
    if (!record || record->status != core::NodeStatus::completed) continue;
    ends.set(node.id, record->value.value_or(core::Value()));
  }
  if (ends.empty()) return core::Value();
  if (ends.size() == 1) return ends.begin()->second;
  return ends;
}

core::Result<core::Value, core::Failure> return_value(const RunContext& run, const Scope& scope) {
  if (run.workflow.has_end_nodes) return value_of_ends(run.workflow, scope);
  if (!run.workflow.return_value) return core::Value();
  try {
    GOFLOW_TRY(core::Value value,
               evaluate(*run.workflow.return_value, ScopeEnvironment(run, scope, "", 1)));
    return run.runtime.kept(std::move(value), "return", "");
  } catch (const core::PayloadUnavailable& lost) {
    return to_failure(lost);
  }
}

}  // namespace

struct WorkflowRun::State {
  State(const core::Workflow& workflow, core::Object inputs, RunIdentity identity, Runtime& runtime)
      : run(workflow, std::move(inputs), std::move(identity), runtime),
        variables(given_variables(run)),
        scope(variables),
        plan(workflow.graph),
        walk(run, plan, scope, cancel, concurrency_of(workflow, run.identity)) {}

  Task<void> go() {
    EffectOutcome outcome = co_await walk.run();
    RunResult concluded = conclude(std::move(outcome));
    if (!run.workflow.handlers.empty()) {
      run.ending.emplace();
      run.ending->status = concluded.status;
      run.ending->failure = concluded.failure;
      concluded.warnings = co_await run_handlers(run, scope, handlers);
    }
    result = std::move(concluded);
  }

  RunResult conclude(EffectOutcome outcome) const {
    if (cancellation) {
      return RunResult{.status = cancellation->status, .failure = cancellation->reason};
    }
    if (!is_completed(outcome)) {
      return RunResult{.status = core::ExecutionStatus::failed,
                       .failure = std::move(outcome.failure)};
    }
    auto value = return_value(run, scope);
    if (!value) {
      return RunResult{.status = core::ExecutionStatus::failed,
                       .failure = std::move(value).error()};
    }
    return RunResult{.return_value = *std::move(value)};
  }

  RunContext run;
  Variables variables;
  Scope scope;
  CancelScope cancel;
  CancelScope handlers;
  GraphPlan plan;
  GraphWalk walk;
  std::optional<Cancellation> cancellation = std::nullopt;
  std::optional<RunResult> result = std::nullopt;
  std::optional<Task<void>> task = std::nullopt;  // after all that it uses
};

WorkflowRun::WorkflowRun(const core::Workflow& workflow,
                         core::Object inputs,
                         RunIdentity identity,
                         Runtime& runtime)
    : state_(std::make_unique<State>(workflow, std::move(inputs), std::move(identity), runtime)) {}

WorkflowRun::~WorkflowRun() = default;

void WorkflowRun::start() {
  state_->task.emplace(state_->go());
  state_->task->start(state_->run.queue);
}

bool WorkflowRun::cancel(core::ExecutionStatus status, core::Failure reason) {
  if (state_->result || state_->run.ending || state_->cancellation) return false;
  // A run that is failing already stays failed: what is under way is ending anyway.
  if (state_->walk.failure()) return false;
  state_->cancellation = Cancellation{.status = status, .reason = std::move(reason)};
  state_->cancel.cancel();
  return true;
}

void WorkflowRun::skip_handlers() {
  state_->handlers.cancel();
}

const core::Failure* WorkflowRun::failure() const {
  if (state_->cancellation) return &state_->cancellation->reason;
  if (state_->run.ending && state_->run.ending->failure) return &*state_->run.ending->failure;
  return nullptr;
}

bool WorkflowRun::is_in_handlers() const {
  return state_->run.ending && !state_->result;
}

bool WorkflowRun::step(std::size_t most) {
  return state_->run.queue.step(most);
}

const std::optional<RunResult>& WorkflowRun::result() const {
  return state_->result;
}

}  // namespace goflow::engine
