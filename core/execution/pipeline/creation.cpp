#include "core/execution/pipeline/creation.hpp"

#include "core/base/sha256.hpp"
#include "core/base/ulid.hpp"
#include "core/claimcheck/large_values.hpp"
#include "core/execution/naming.hpp"
#include "core/execution/start_failure.hpp"
#include "core/instance/binding.hpp"
#include "core/instance/default_instance.hpp"
#include "core/instance/finding.hpp"
#include "core/workflow/inputs.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace goflow::core {
namespace {

Result<Creation> find_workflow(Creation creation) {
  const std::string& written = creation.request.workflow;
  GOFLOW_TRY(creation.found, creation.surroundings->find_workflow(written));
  return creation;
}

Result<Creation> find_workflow_of_instance(Creation creation) {
  const Instance& instance = *creation.instance;
  auto found = creation.surroundings->find_workflow(instance.workflow_id);
  if (!found && found.error().code == ErrorCode::not_found) {
    return std::move(found).error().with_context("instance '" + instance.slug + "'");
  }
  GOFLOW_TRY(creation.found, std::move(found));
  return creation;
}

/// What the workflow may read of it; nullopt when that is nothing.
std::optional<TextMap> readable(const std::vector<std::string>& environment,
                                const std::vector<std::string>& allowed) {
  if (allowed.empty()) return std::nullopt;
  TextMap readable;
  for (const std::string& entry : environment) {
    const std::size_t end_of_name = entry.find('=');
    if (end_of_name == std::string::npos) continue;
    std::string name = entry.substr(0, end_of_name);
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) continue;
    readable.emplace(std::move(name), entry.substr(end_of_name + 1));
  }
  return readable;
}

/// What was asked for, over what the instance has.
void lay_over_instance(CreationRequest& request, const Instance& instance) {
  request.inputs = layered(instance.inputs, request.inputs);
  request.credentials = layered(instance.credentials, request.credentials);
  request.instance_env = instance.env;
  request.instance_id = instance.id;
  request.instance_slug = instance.slug;
}

Execution built(Execution execution, CreationRequest request, const FoundWorkflow& found) {
  const Workflow& workflow = *found.workflow;
  execution.parent = std::move(request.parent);
  execution.workflow_id = workflow.id;
  execution.workflow_version = workflow.version;
  execution.definition_sha256 = sha256_hex(*found.definition);
  execution.working_directory = std::move(request.working_directory);
  execution.environment = readable(request.environment, workflow.env_allow);
  execution.annotations = std::move(request.annotations);
  execution.credentials = std::move(request.credentials);
  execution.runner = request.runner;
  execution.owner = std::move(request.owner);
  if (request.is_queued) execution.queue = QueuePlace{workflow.max_active_runs};
  execution.instance_id = std::move(request.instance_id);
  execution.instance_slug = std::move(request.instance_slug);
  execution.instance_env = std::move(request.instance_env);
  execution.rerun_of = std::move(request.rerun_of);
  return execution;
}

void put_away_inputs(Execution& execution, ClaimCheck* claim_check, const Clock& clock) {
  const Redactor nothing_secret;
  LargeValues large_values(claim_check, execution.id, nothing_secret, clock);
  execution.inputs = large_values.kept_inputs(execution.inputs);
  execution.warnings = large_values.warnings();
}

}  // namespace

namespace creation {

Result<Creation> validate_input(Creation creation) {
  const CreationRequest& request = creation.request;
  const bool is_found = creation.found.workflow != nullptr;
  if (!is_found && request.workflow.empty() && request.instance.empty()) {
    return Error{ErrorCode::invalid_argument,
                 "either workflow_id or workflow_instance_id must be provided"};
  }
  GOFLOW_TRY(creation.execution.tags, checked_tags(request.tags));
  GOFLOW_TRY(creation.execution.labels, checked_labels(request.labels));
  return creation;
}

Result<Creation> resolve_workflow_or_instance(Creation creation) {
  if (!creation.request.instance.empty()) {
    GOFLOW_TRY(creation.instance, find_instance(creation.request.instance, creation.instances));
  }
  if (creation.request.workflow.empty()) return find_workflow_of_instance(std::move(creation));
  GOFLOW_TRY(creation, find_workflow(std::move(creation)));
  const auto& instance = creation.instance;
  const std::string& workflow = creation.found.workflow->id;
  if (!instance || instance->workflow_id == workflow) return creation;
  return Error{ErrorCode::failed_precondition,
               "instance '" + instance->slug + "' is one of '" + instance->workflow_id +
                   "', not of '" + workflow + "'"}
      .with_hint("leave the workflow out, or see its instances: goflow instance list --workflow " +
                 workflow);
}

Result<Creation> create_default_instance_if_needed(Creation creation) {
  if (creation.instance) return creation;
  GOFLOW_TRY(creation.instance,
             default_instance(creation.found.workflow->id,
                              *creation.instances,
                              creation.request.created_by,
                              *creation.clock));
  return creation;
}

Result<Creation> resolve_name(Creation creation) {
  const auto& name = creation.request.name;
  if (!name) return creation;
  GOFLOW_TRY(creation.execution.slug, slug_of(*name));
  creation.execution.name = *name;
  return creation;
}

Result<Creation> check_duplicate(Creation creation) {
  const std::string& slug = creation.execution.slug;
  if (slug.empty()) return creation;
  GOFLOW_TRY(const auto other, creation.executions->find_by_slug(slug));
  if (!other) return creation;
  return slug_is_taken(slug, other->name, other->id);
}

Result<Creation> build_new_state(Creation creation) {
  CreationRequest& request = creation.request;
  if (creation.instance) lay_over_instance(request, *creation.instance);
  const Workflow& workflow = *creation.found.workflow;
  GOFLOW_TRY(Object inputs, resolve_inputs(workflow, request.inputs));
  if (creation.surroundings != nullptr) {
    GOFLOW_TRY(creation.surroundings->check_credentials(workflow, request.credentials));
  }
  const Timestamp now = creation.clock->now();
  Execution& execution = creation.execution;
  execution.id = request.id.empty() ? new_execution_id(now) : request.id;
  execution.created_at = now;
  execution.audit = new_audit(request.created_by, now);
  execution.inputs = std::move(inputs);
  execution = built(std::move(execution), std::move(request), creation.found);
  put_away_inputs(execution, creation.claim_check, *creation.clock);
  return creation;
}

/// Whoever watches sees it from here on, before anything of it runs.
Result<Creation> set_initial_phase(Creation creation) {
  creation.execution.status = ExecutionStatus::pending;
  return creation;
}

Result<Creation> persist(Creation creation) {
  GOFLOW_TRY(creation.executions->create(creation.execution, *creation.found.definition));
  return creation;
}

Result<Creation> start(Creation creation) {
  auto journal = creation.surroundings->take_over(creation.execution);
  if (!journal) {
    return record_start_failure(creation.execution.id,
                                std::move(journal).error(),
                                *creation.executions,
                                creation.clock->now());
  }
  creation.journal = *std::move(journal);
  return creation;
}

}  // namespace creation

Pipeline<Creation> creation_pipeline() {
  using namespace creation;
  return Pipeline<Creation>({{"ValidateInput", validate_input},
                             {"ResolveWorkflowOrInstance", resolve_workflow_or_instance},
                             {"CreateDefaultInstanceIfNeeded", create_default_instance_if_needed},
                             {"ResolveName", resolve_name},
                             {"CheckDuplicate", check_duplicate},
                             {"BuildNewState", build_new_state},
                             {"SetInitialPhase", set_initial_phase},
                             {"Persist", persist}});
}

Pipeline<Creation> creation_and_start_pipeline() {
  return creation_pipeline().with_last({"Start", creation::start});
}

Pipeline<Creation> creation_pipeline_of_found_workflow() {
  return creation_pipeline()
      .without("ResolveWorkflowOrInstance")
      .without("CreateDefaultInstanceIfNeeded");
}

}  // namespace goflow::core
