// What becomes of the record of a failed run when it is to be tried again.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"
#include "core/workflow/workflow.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::engine {

struct ReopeningRequest {
  const core::Workflow& workflow;
  const core::Execution& execution;
  const std::vector<core::NodeExecution>& nodes;
  const std::vector<core::NodeAttempt>& attempts;
  std::optional<std::string> node =
      std::nullopt;  // id or path of the one that is to be tried again
};

/// "on_exit/tell": the end comes once more, and so do its handlers.
bool is_in_handler(const core::NodeExecution& node);

/// Failed and cancelled nodes become pending again, each with a new attempt and all its retries;
/// those whose failure was handled stay, and so does what completed. Then the run goes on like one
/// that was interrupted. failed_precondition: it has not failed, or the node has not; not_found:
/// there is no such node.
core::Result<core::JournalBatch> reopen(const ReopeningRequest& request, core::Timestamp now);

}  // namespace goflow::engine
