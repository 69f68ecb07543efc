// The way to the record of an execution that somebody wants to see.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"
#include "core/execution/pipeline/pipeline.hpp"

#include <string>

namespace goflow::core {

struct Retrieval {
  std::string written;  // whatever names an execution
  ExecutionStore* executions = nullptr;
  Execution execution = {};  // once it is loaded
};

namespace retrieval {

Result<Retrieval> validate_input(Retrieval retrieval);
Result<Retrieval> load_target(Retrieval retrieval);

}  // namespace retrieval

Pipeline<Retrieval> retrieval_pipeline();

}  // namespace goflow::core
