// Which execution is meant: a whole id, a slug, a unique beginning or ending of an id, or @latest.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

#include <string>

namespace goflow::cli {

inline constexpr const char* execution_argument_help =
    "id, unique beginning or ending of it, slug of its name, or @latest";

/// not_found: none; invalid_argument: several, and which, or nothing was written.
core::Result<core::Execution> find_execution(const std::string& written,
                                             core::ExecutionStore& store);

}  // namespace goflow::cli
