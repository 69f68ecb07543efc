// Which execution is meant: a whole id, a slug, a unique beginning or ending of an id, the newest
// one (@latest), or the newest one of a workflow (@latest:nightly).
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::cli {

inline constexpr const char* execution_argument_help =
    "id, unique beginning or ending of it, slug of its name, @latest, or @latest:WORKFLOW";

/// Before the id of a workflow: its newest execution.
inline constexpr std::string_view latest_of = "@latest:";

/// Files come and go, their history stays.
core::Result<std::vector<std::string>> workflows_that_ran(core::ExecutionStore& store);

/// not_found: none; invalid_argument: several, and which, or nothing was written.
core::Result<core::Execution> find_execution(const std::string& written,
                                             core::ExecutionStore& store);

}  // namespace goflow::cli
