#include "core/execution/create_execution.hpp"

#include "core/base/sha256.hpp"
#include "core/base/ulid.hpp"
#include "core/claimcheck/large_values.hpp"
#include "core/execution/naming.hpp"
#include "core/workflow/inputs.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace goflow::core {
namespace {

Result<Execution> named(const CreateRequest& request) {
  Execution execution;
  if (request.name) {
    GOFLOW_TRY(execution.slug, slug_of(*request.name));
    execution.name = *request.name;
  }
  GOFLOW_TRY(execution.tags, checked_tags(request.tags));
  GOFLOW_TRY(execution.labels, checked_labels(request.labels));
  return execution;
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

Execution build_new_state(Execution execution,
                          const CreateRequest& request,
                          Object inputs,
                          Timestamp now) {
  execution.id = request.id.empty() ? new_execution_id(now) : request.id;
  execution.parent = request.parent;
  execution.workflow_id = request.workflow.id;
  execution.workflow_version = request.workflow.version;
  execution.created_at = now;
  execution.inputs = std::move(inputs);
  execution.definition_sha256 = sha256_hex(request.definition);
  execution.working_directory = request.working_directory;
  execution.environment = readable(request.environment, request.workflow.env_allow);
  execution.annotations = request.annotations;
  execution.credentials = request.credentials;
  execution.runner = request.runner;
  execution.instance_id = request.instance_id;
  execution.rerun_of = request.rerun_of;
  execution.audit = new_audit(request.created_by, now);
  execution.owner = request.owner;
  if (request.is_queued) execution.queue = QueuePlace{request.workflow.max_active_runs};
  return execution;
}

void put_away_inputs(Execution& execution, ClaimCheck* claim_check, const Clock& clock) {
  const Redactor nothing_secret;
  LargeValues large_values(claim_check, execution.id, nothing_secret, clock);
  execution.inputs = large_values.kept_inputs(execution.inputs);
  execution.warnings = large_values.warnings();
}

}  // namespace

Result<Execution> create_execution(const CreateRequest& request,
                                   ExecutionStore& store,
                                   const Clock& clock) {
  GOFLOW_TRY(Execution with_names, named(request));
  GOFLOW_TRY(Object inputs, resolve_inputs(request.workflow, request.inputs));
  Execution execution =
      build_new_state(std::move(with_names), request, std::move(inputs), clock.now());
  put_away_inputs(execution, request.claim_check, clock);
  GOFLOW_TRY(store.create(execution, request.definition));
  return execution;
}

}  // namespace goflow::core
