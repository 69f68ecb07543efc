// Which execution is meant by a word: a whole id, a slug, a unique beginning or ending of an id,
// the newest one (@latest), or the newest one of a workflow (@latest:nightly).
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Before the id of a workflow: its newest execution.
inline constexpr std::string_view latest_of = "@latest:";

/// Files come and go, their history stays.
Result<std::vector<std::string>> workflows_that_ran(ExecutionStore& store);

/// invalid_argument: nothing was written.
Result<void> check_names_execution(const std::string& written);

/// not_found: none; invalid_argument: several, and which, or nothing was written.
Result<Execution> find_execution(const std::string& written, ExecutionStore& store);

}  // namespace goflow::core
