#include "core/execution/create_execution.hpp"

#include "core/base/sha256.hpp"
#include "core/base/ulid.hpp"
#include "core/execution/naming.hpp"
#include "core/workflow/inputs.hpp"

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
  execution.annotations = request.annotations;
  execution.runner = request.runner;
  execution.instance_id = request.instance_id;
  execution.rerun_of = request.rerun_of;
  execution.audit = new_audit(request.created_by, now);
  return execution;
}

}  // namespace

Result<Execution> create_execution(const CreateRequest& request,
                                   ExecutionStore& store,
                                   const Clock& clock) {
  GOFLOW_TRY(Execution with_names, named(request));
  GOFLOW_TRY(Object inputs, resolve_inputs(request.workflow, request.inputs));
  Execution execution =
      build_new_state(std::move(with_names), request, std::move(inputs), clock.now());
  GOFLOW_TRY(store.create(execution, request.definition));
  return execution;
}

}  // namespace goflow::core
