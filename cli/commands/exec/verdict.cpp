#include "cli/commands/exec/verdict.hpp"

#include <string>

namespace goflow::cli {

using core::Error;
using core::ErrorCode;
using core::ExecutionStatus;

core::Result<void> verdict_of(const core::Execution& execution) {
  const std::string sentence =
      "execution '" + execution.id + "': " + std::string(to_string(execution.status));
  switch (execution.status) {
    case ExecutionStatus::completed:
      return {};
    case ExecutionStatus::failed:
      return Error{ErrorCode::execution_failed, sentence};
    case ExecutionStatus::cancelled:
      return Error{ErrorCode::cancelled, sentence};
    case ExecutionStatus::timed_out:
      return Error{ErrorCode::timed_out, sentence};
    case ExecutionStatus::pending:
    case ExecutionStatus::running:
    case ExecutionStatus::waiting:
      return Error{ErrorCode::running, sentence};
  }
  return {};
}

}  // namespace goflow::cli
