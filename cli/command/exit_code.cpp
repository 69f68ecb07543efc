#include "cli/command/exit_code.hpp"

#include <array>

namespace goflow::cli {

int exit_code_of(core::ErrorCode code) {
  switch (code) {
    case core::ErrorCode::internal:
    case core::ErrorCode::unavailable:
      return 1;
    case core::ErrorCode::invalid_argument:
      return 2;
    case core::ErrorCode::not_found:
      return 3;
    case core::ErrorCode::credential:
      return 4;
    case core::ErrorCode::invalid_workflow:
      return 5;
    case core::ErrorCode::already_exists:
    case core::ErrorCode::failed_precondition:
      return 6;
    case core::ErrorCode::running:
      return 8;
    case core::ErrorCode::execution_failed:
      return 10;
    case core::ErrorCode::timed_out:
      return 124;
    case core::ErrorCode::cancelled:
      return 130;
  }
  return 1;
}

std::span<const ExitCodeMeaning> exit_code_meanings() {
  static constexpr std::array<ExitCodeMeaning, 11> meanings{{
      {0, "done"},
      {1, "goflow failed"},
      {2, "wrong usage, or a needed input or confirmation is missing"},
      {3, "no such thing"},
      {4, "a credential is missing, locked or refused"},
      {5, "the workflow is not valid"},
      {6, "conflict: exists already, is running, changed meanwhile"},
      {8, "still running"},
      {10, "the workflow ran and failed"},
      {124, "timed out"},
      {130, "cancelled or interrupted"},
  }};
  return meanings;
}

}  // namespace goflow::cli
