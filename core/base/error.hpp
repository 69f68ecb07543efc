// What went wrong, in words for a person and in a code for a program.
#pragma once

#include <string>
#include <string_view>

namespace goflow::core {

/// One per exit code and `code` member of a JSON error; see exit_code.cpp in cli.
enum class ErrorCode {
  internal,
  unavailable,
  invalid_argument,
  not_found,
  credential,
  invalid_workflow,
  already_exists,
  failed_precondition,
  running,
  execution_failed,
  timed_out,
  cancelled,
};

/// The word that stands for the code in JSON: "not_found".
std::string_view to_string(ErrorCode code);

/// "Could not even try". A workflow that fails is an outcome, not an Error.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;    // lower case, no full stop, the thing in 'quotes'
  std::string hint = {};  // something one can type

  [[nodiscard]] Error with_hint(std::string text) &&;
  /// Puts "context: " before the message; once per layer, where the context is known.
  [[nodiscard]] Error with_context(std::string_view context) &&;
};

/// The text of an errno value, thread safe: "no such file or directory".
std::string errno_text(int error_number);

}  // namespace goflow::core
