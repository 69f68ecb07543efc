// What a worker tells of the runs that it takes up: a line each on stderr, or JSON lines on stdout.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace goflow::cli {

enum class WorkerWords { lines, json };

/// Each line goes out at once and in one piece: several workers may share the stream.
class WorkerLog {
 public:
  WorkerLog(WorkerWords words, Context& context) : words_(words), context_(context) {}

  /// Pending, or to be gone on with.
  void begun(const core::Execution& execution);
  void ended(const core::Execution& execution,
             core::ExecutionStatus status,
             const std::optional<core::Failure>& error,
             std::chrono::microseconds took);
  /// Given up for another worker.
  void left(const core::Execution& execution);
  /// Nobody but a person can go on with it.
  void stuck(const core::Execution& execution, const core::Error& reason);
  /// Something is in the way; also with --quiet.
  void trouble(const core::Error& error, std::chrono::milliseconds pause);

 private:
  void tell(std::string_view verb, const core::Execution& execution, std::string_view more);
  void emit(std::string_view event, const core::Execution& execution, core::Object members);

  WorkerWords words_;
  Context& context_;
};

}  // namespace goflow::cli
