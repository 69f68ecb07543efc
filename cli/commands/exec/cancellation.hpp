// Stops an execution, wherever it runs.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

namespace goflow::cli {

/// Through the process that runs it, or directly when there is none. Returns the status that the
/// record has then. Cancelling again succeeds; another ended run is failed_precondition.
core::Result<core::ExecutionStatus> cancel(const core::Execution& execution,
                                           const core::CancelRequest& request,
                                           Context& context);

}  // namespace goflow::cli
