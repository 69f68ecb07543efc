#include "engine/local/running_child.hpp"

#include "core/execution/child_execution_id.hpp"
#include "core/execution/pipeline/creation.hpp"
#include "core/workflow/reader.hpp"
#include "core/workflow/workflow_chain.hpp"
#include "engine/interpreter/outcome.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

namespace goflow::engine {
namespace {

using core::Execution;
using core::ExecutionStatus;
using core::Failure;

Failure refused(std::string message) {
  return Failure{"validation", std::move(message)};
}

/// The workflows that the child is within, outermost first.
std::vector<std::string> ancestors_of_child(const LocalRunRequest& parent) {
  std::vector<std::string> ancestors = parent.ancestors;
  ancestors.push_back(parent.workflow->id);
  return ancestors;
}

core::Result<void, Failure> check_chain(const ChildPlace& place) {
  const std::string& next = place.effect.workflow;
  const std::vector<std::string> chain = ancestors_of_child(place.parent);
  std::string ids;
  for (const std::string& id : chain) {
    ids += id + " -> ";
  }
  if (std::find(chain.begin(), chain.end(), next) != chain.end()) {
    return refused("workflow chain leads back to itself: " + ids + next);
  }
  if (chain.size() > core::deepest_chain) {
    return refused("workflow chain is deeper than " + std::to_string(core::deepest_chain) + ": " +
                   ids + next);
  }
  return {};
}

std::string first_error(const std::vector<core::Diagnostic>& diagnostics) {
  const auto found = std::find_if(diagnostics.begin(), diagnostics.end(), [](const auto& one) {
    return one.severity == core::Severity::error;
  });
  if (found == diagnostics.end()) return "it cannot be read";
  return "line " + std::to_string(found->at.line) + ": " + found->message;
}

struct Definition {
  std::string text;
  core::Workflow workflow;
};

core::Result<Definition, Failure> find_definition(const ChildPlace& place) {
  const std::string& id = place.effect.workflow;
  const core::Surroundings* surroundings = place.parent.surroundings;
  if (surroundings == nullptr) return refused("no other workflows can be run here");
  GOFLOW_TRY(check_chain(place));
  auto text = surroundings->workflow(id);
  if (!text) return refused("no workflow named '" + id + "'");
  auto reading = core::read_workflow(*text, *surroundings, id);
  if (!reading.workflow) {
    return refused("workflow '" + id + "' is not valid: " + first_error(reading.diagnostics));
  }
  return Definition{*std::move(text), *std::move(reading.workflow)};
}

EffectOutcome outcome_of(const Execution& execution) {
  EffectOutcome outcome;
  for (const std::string& warning : execution.warnings) {
    outcome.warnings.push_back(execution.workflow_id + ": " + warning);
  }
  if (execution.status == ExecutionStatus::completed) {
    outcome.value = execution.return_value;
    return outcome;
  }
  const Failure inner = execution.error.value_or(Failure{"execution", "failed"});
  const std::string place = inner.path.empty() ? "" : "/" + inner.path;
  Failure failure{inner.type, execution.workflow_id + place + ": " + inner.message};
  failure.context = inner.context;
  // The innermost one: what else is told may point to its text.
  if (!failure.context.contains("execution")) failure.context.set("execution", execution.id);
  outcome.status = EffectOutcome::Status::failed;
  outcome.failure = std::move(failure);
  return outcome;
}

std::string creator_of(const Execution& execution) {
  return execution.audit ? execution.audit->spec.created_by : std::string();
}

/// Beside that of the outer run: a path that grew with each level would soon be too long.
std::string scratch_beside(const std::string& outer, const std::string& id) {
  return std::filesystem::path(outer).replace_filename(id).string();
}

/// Everything that a run on this machine needs, but its history.
LocalRunRequest request_of(const ChildPlace& place, Execution execution) {
  LocalRunRequest request;
  const auto decided = place.parent.child_decisions.find(execution.id);
  if (decided != place.parent.child_decisions.end()) request.decisions = decided->second;
  request.child_decisions = place.parent.child_decisions;
  request.scratch_directory = scratch_beside(place.parent.scratch_directory, execution.id);
  request.spool_folder = place.parent.spool_folder;
  request.execution = std::move(execution);
  request.environment = place.parent.environment;
  request.jq_command = place.parent.jq_command;
  request.claim_check = place.parent.claim_check;
  request.secrets = place.parent.secrets;
  request.store = place.parent.store;
  request.surroundings = place.parent.surroundings;
  request.ancestors = ancestors_of_child(place.parent);
  return request;
}

LocalRunRequest with(const core::Workflow& workflow,
                     core::RunJournal& journal,
                     LocalRunRequest request) {
  request.workflow = &workflow;
  request.journal = &journal;
  return request;
}

class ChildBeginning {
 public:
  ChildBeginning(const ChildPlace& place,
                 EventLoop& loop,
                 const core::Clock& clock,
                 RunObserver& observer)
      : place_(place),
        store_(*place.parent.store),
        loop_(loop),
        clock_(clock),
        observer_(observer),
        id_(core::child_execution_id(
            place.parent.execution.id, place.effect.path, place.effect.attempt)) {}

  core::Result<BegunChild> begin(UnknownChild unknown) {
    GOFLOW_TRY(auto known, store_.find(id_));
    if (known && is_terminal(known->status)) return ended(outcome_of(*known));
    if (known) return resume(*std::move(known));
    if (unknown == UnknownChild::leave) return ended(cancelled());
    return create();
  }

 private:
  static BegunChild ended(EffectOutcome outcome) { return BegunChild{nullptr, std::move(outcome)}; }

  core::Result<BegunChild> create() {
    auto definition = find_definition(place_);
    if (!definition) return ended(failed(std::move(definition).error()));
    auto execution = record(*definition);
    if (!execution && execution.error().code == core::ErrorCode::invalid_argument) {
      return ended(failed(
          refused("inputs of '" + place_.effect.workflow + "': " + execution.error().message)));
    }
    if (!execution) return std::move(execution).error();
    return run(std::move(definition->workflow), request_of(place_, *std::move(execution)));
  }

  core::Result<Execution> record(const Definition& definition) {
    const LocalRunRequest& parent = place_.parent;
    core::Creation creation;
    creation.request.id = id_;
    creation.request.parent = core::ParentNode{parent.execution.id, place_.node_execution_id};
    creation.request.inputs = place_.effect.inputs;
    creation.request.working_directory = parent.execution.working_directory;
    creation.request.environment = parent.environment;
    creation.request.created_by = creator_of(parent.execution);
    creation.request.credentials = parent.execution.credentials;
    creation.found = {&definition.workflow, &definition.text};
    creation.executions = &store_;
    creation.claim_check = parent.claim_check;
    creation.clock = &clock_;
    core::NoStepObserver unseen;
    GOFLOW_TRY(creation,
               core::creation_pipeline_of_found_workflow().run(std::move(creation), unseen));
    return std::move(creation.execution);
  }

  core::Result<BegunChild> resume(Execution execution) {
    GOFLOW_TRY(const std::string text, store_.definition(execution.definition_sha256));
    auto reading = core::read_workflow(text);
    if (!reading.workflow) return ended(failed(refused(first_error(reading.diagnostics))));
    LocalRunRequest request = request_of(place_, std::move(execution));
    GOFLOW_TRY(request.memory.nodes, store_.nodes(id_));
    GOFLOW_TRY(request.memory.attempts, store_.attempts(id_));
    GOFLOW_TRY(request.memory.spooled_logs, store_.spooled_logs(id_));
    return run(*std::move(reading.workflow), std::move(request));
  }

  core::Result<BegunChild> run(core::Workflow workflow, LocalRunRequest request) {
    const core::Owner self = this_process(clock_.now());
    GOFLOW_TRY(auto journal, store_.take_ownership(id_, self, [&](const core::Owner& owner) {
      return may_take_over(owner, self);
    }));
    BegunChild begun;
    begun.running = std::make_unique<RunningChild>(std::move(workflow),
                                                   std::move(request),
                                                   std::move(journal),
                                                   loop_,
                                                   clock_,
                                                   observer_,
                                                   place_.effect.path);
    return begun;
  }

  const ChildPlace& place_;
  core::ExecutionStore& store_;
  EventLoop& loop_;
  const core::Clock& clock_;
  RunObserver& observer_;
  std::string id_;
};

}  // namespace

RunningChild::RunningChild(core::Workflow workflow,
                           LocalRunRequest request,
                           std::unique_ptr<core::RunJournal> journal,
                           EventLoop& loop,
                           const core::Clock& clock,
                           RunObserver& outer,
                           const std::string& node_path)
    : workflow_(std::move(workflow)),
      journal_(std::move(journal)),
      request_(with(workflow_, *journal_, std::move(request))),
      observer_(outer, node_path),
      clock_(clock),
      run_(request_, loop, clock, observer_) {
  run_.start();
}

bool RunningChild::turn() {
  const ExecutionRun::Next next = run_.turn();
  wants_turn_ = next == ExecutionRun::Next::turn;
  return next == ExecutionRun::Next::over;
}

void RunningChild::cancel(End end) {
  is_unwanted_ = true;
  wants_turn_ = true;
  core::CancelRequest request{clock_.now(), "the run that it is part of"};
  request.force = end == End::at_once;
  run_.cancel(request);
}

void RunningChild::abandon(core::Error reason) {
  wants_turn_ = true;
  run_.give_up(std::move(reason));
}

core::Result<EffectOutcome> RunningChild::outcome() {
  auto released = journal_->release();
  GOFLOW_TRY(RunResult result, run_.result());
  GOFLOW_TRY(std::move(released));
  Execution execution = request_.execution;
  execution.status = result.status;
  execution.error = std::move(result.failure);
  execution.return_value = std::move(result.return_value);
  execution.warnings = std::move(result.warnings);
  EffectOutcome outcome = outcome_of(execution);
  if (is_unwanted_ && is_failed(outcome)) outcome.status = EffectOutcome::Status::cancelled;
  return outcome;
}

core::Result<BegunChild> begin_child(const ChildPlace& place,
                                     UnknownChild unknown,
                                     EventLoop& loop,
                                     const core::Clock& clock,
                                     RunObserver& observer) {
  if (place.parent.store == nullptr) {
    return BegunChild{nullptr, failed(refused("no other workflows can be run here"))};
  }
  return ChildBeginning(place, loop, clock, observer).begin(unknown);
}

}  // namespace goflow::engine
