// What becomes of an execution that was recorded and could not begin.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/error.hpp"
#include "core/execution/execution_store.hpp"

#include <string>

namespace goflow::core {

/// How its record tells of it.
Failure start_failure(const Error& reason);

/// Ends a pending execution as failed, for `reason`, and returns what is to be told of it. An
/// execution that another process has taken stays as it is: the reason is all there is to tell.
Error record_start_failure(const std::string& execution_id,
                           Error reason,
                           ExecutionStore& store,
                           Timestamp now);

}  // namespace goflow::core
