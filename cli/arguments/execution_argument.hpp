// Which execution is meant: a whole id, a unique beginning or ending of one, or @latest.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

#include <optional>
#include <string>

namespace goflow::cli {

/// not_found: none; invalid_argument: several, and which.
core::Result<core::Execution> find_execution(const std::string& written,
                                             core::ExecutionStore& store);

}  // namespace goflow::cli
