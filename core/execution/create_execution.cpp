#include "core/execution/create_execution.hpp"

#include "core/base/sha256.hpp"
#include "core/base/ulid.hpp"
#include "core/workflow/inputs.hpp"

namespace goflow::core {
namespace {

Execution build_new_state(const CreateRequest& request, Object inputs, Timestamp now) {
  Execution execution;
  execution.id = request.id.empty() ? new_execution_id(now) : request.id;
  execution.parent = request.parent;
  execution.workflow_id = request.workflow.id;
  execution.workflow_version = request.workflow.version;
  execution.created_at = now;
  execution.inputs = std::move(inputs);
  execution.definition_sha256 = sha256_hex(request.definition);
  execution.working_directory = request.working_directory;
  return execution;
}

}  // namespace

Result<Execution> create_execution(const CreateRequest& request,
                                   ExecutionStore& store,
                                   const Clock& clock) {
  GOFLOW_TRY(Object inputs, resolve_inputs(request.workflow, request.inputs));
  Execution execution = build_new_state(request, std::move(inputs), clock.now());
  GOFLOW_TRY(store.create(execution, request.definition));
  return execution;
}

}  // namespace goflow::core
