// Writes down the end of a run that nobody runs.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

namespace goflow::engine {

/// Ends what its dead owner left behind and records the end: nodes that were running are cancelled.
/// Returns the record. failed_precondition: a living process runs it, or it may not move there.
core::Result<core::Execution> settle(const core::Execution& execution,
                                     core::ExecutionStatus status,
                                     core::Failure reason,
                                     core::ExecutionStore& store,
                                     core::Timestamp now);

}  // namespace goflow::engine
