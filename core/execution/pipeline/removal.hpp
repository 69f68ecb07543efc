// The way of executions out of the history.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"
#include "core/execution/pipeline/pipeline.hpp"

#include <functional>
#include <string>
#include <vector>

namespace goflow::core {

struct RemovalRequest {
  std::vector<std::string> written;  // each whatever names an execution
  bool force = false;                // also what goes on: somebody else has to end it first
};

struct Removal {
  RemovalRequest request;
  ExecutionStore* executions = nullptr;
  // Whether somebody works on it, who would go on without a record.
  std::function<bool(const Execution&)> goes_on = {};
  std::vector<Execution> found = {};  // each once; what is left of them when all is done
};

namespace removal {

Result<Removal> validate_input(Removal removal);
Result<Removal> load_existing_for_delete(Removal removal);
Result<Removal> check_ended(Removal removal);
/// All of them with what was recorded of them, or none. It asks once more whether one goes on.
Result<Removal> delete_resource(Removal removal);

}  // namespace removal

Pipeline<Removal> removal_pipeline();

}  // namespace goflow::core
