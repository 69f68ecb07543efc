#include "cli/commands/worker/worker_log.hpp"

#include "cli/io/run_outline.hpp"
#include "cli/io/width.hpp"
#include "core/base/duration.hpp"
#include "core/value/json.hpp"

#include <string>
#include <utility>

namespace goflow::cli {
namespace {

using core::Execution;
using core::ExecutionStatus;

constexpr std::size_t longest_verb = 6;

std::string_view verb_of(ExecutionStatus status) {
  switch (status) {
    case ExecutionStatus::completed:
      return "done";
    case ExecutionStatus::cancelled:
      return "cancel";
    case ExecutionStatus::failed:
    case ExecutionStatus::timed_out:
      return "failed";
    case ExecutionStatus::pending:
    case ExecutionStatus::running:
    case ExecutionStatus::waiting:
      return "left";
  }
  return "left";
}

std::string place_and_message(const core::Failure& failure) {
  return (failure.path.empty() ? "" : "node '" + failure.path + "': ") + failure.message;
}

}  // namespace

void WorkerLog::begun(const Execution& execution) {
  const bool is_new = execution.status == ExecutionStatus::pending;
  if (words_ == WorkerWords::json)
    return emit(is_new ? "run_started" : "run_resumed", execution, {});
  tell(is_new ? "start" : "resume", execution, {});
}

void WorkerLog::ended(const Execution& execution,
                      ExecutionStatus status,
                      const std::optional<core::Failure>& error,
                      std::chrono::microseconds took) {
  if (words_ == WorkerWords::json) {
    const auto duration = std::chrono::round<std::chrono::milliseconds>(took);
    return emit("run_ended",
                execution,
                {{"status", to_string(status)},
                 {"duration_ms", static_cast<std::int64_t>(duration.count())},
                 {"error", error ? to_value(*error) : core::Value()}});
  }
  std::string more = core::format_duration(took);
  if (error) more += "  " + one_line(place_and_message(*error));
  tell(verb_of(status), execution, more);
}

void WorkerLog::left(const Execution& execution) {
  if (words_ == WorkerWords::json) return emit("run_left", execution, {});
  tell("left", execution, "for another worker");
}

void WorkerLog::stuck(const Execution& execution, const core::Error& reason) {
  if (words_ == WorkerWords::json) {
    return emit("run_stuck", execution, {{"message", reason.message}, {"hint", reason.hint}});
  }
  Output& err = context_.err();
  err.line("warning: execution '" + execution.id + "' is left to you: " + reason.message);
  if (!reason.hint.empty()) err.line("hint: " + reason.hint);
  err.flush();
}

void WorkerLog::trouble(const core::Error& error, std::chrono::milliseconds pause) {
  Output& err = context_.err();
  err.line("warning: " + one_line(error.message) + "; the worker tries again in " +
           core::spell_duration(pause));
  err.flush();
}

void WorkerLog::tell(std::string_view verb, const Execution& execution, std::string_view more) {
  if (context_.options().quiet) return;
  std::string line(verb);
  line.resize(longest_verb, ' ');
  line += " " + execution.workflow_id + "  " + short_id(execution.id);
  if (!more.empty()) line += "  " + std::string(more);
  context_.err().line(line);
  context_.err().flush();
}

void WorkerLog::emit(std::string_view event, const Execution& execution, core::Object members) {
  core::Object line{{"time", core::format_rfc3339(context_.now())},
                    {"event", event},
                    {"execution", execution.id},
                    {"workflow", execution.workflow_id}};
  for (auto& [name, value] : members) {
    line.set(name, value);
  }
  context_.out().line(core::to_json(line));
  context_.out().flush();
}

}  // namespace goflow::cli
