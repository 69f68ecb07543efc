#include "cli/commands/exec/detach.hpp"

#include "cli/command/exit_code.hpp"
#include "cli/io/child_program.hpp"
#include "cli/io/run_outline.hpp"

#include <sys/wait.h>

#include <chrono>
#include <optional>
#include <thread>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr std::chrono::seconds patience{30};
constexpr std::chrono::milliseconds pause{5};

/// Its exit code once it has ended; what a signal ended has none that means anything.
std::optional<int> code_of(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, WNOHANG) != child) return std::nullopt;
  return WIFEXITED(status) ? WEXITSTATUS(status) : exit_code_of(ErrorCode::internal);
}

/// The run came to its end, whichever it was.
bool is_verdict(int code) {
  using enum ErrorCode;
  return code == 0 || code == exit_code_of(execution_failed) || code == exit_code_of(timed_out) ||
         code == exit_code_of(cancelled);
}

/// What has ended may have ended through another process, or be about to be tried again.
Result<bool> has_run(const std::string& id, pid_t child, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const auto execution, store->find(id));
  if (!execution) return true;  // somebody has deleted it already
  return !is_terminal(execution->status) && execution->owner && execution->owner->pid == child;
}

Error not_begun(const std::string& id, std::optional<int> code, const std::string& command) {
  if (code == exit_code_of(ErrorCode::failed_precondition)) {
    return Error{ErrorCode::failed_precondition,
                 "another process has taken execution '" + id + "' first"}
        .with_hint("see how it goes: goflow exec watch " + short_id(id));
  }
  return Error{ErrorCode::unavailable, "the process in the background could not begin"}.with_hint(
      "see why: " + command);
}

}  // namespace

Result<void> run_detached(std::vector<std::string> words,
                          const std::string& execution_id,
                          Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  words.insert(words.begin(), "goflow");
  words.push_back(execution_id);
  std::string command;
  for (const std::string& word : words) {
    command += (command.empty() ? "" : " ") + word;
  }
  words.insert(words.end(), {"--home", home, "--quiet", "--no-input"});
  // The session of its own is what lets it outlive the terminal.
  const ChildSurroundings surroundings{.streams = ChildSurroundings::Streams::none,
                                       .group = ChildSurroundings::Group::own_session};
  GOFLOW_TRY(const ChildProgram program, ChildProgram::start_self(words, surroundings));
  const pid_t child = program.pid();
  const auto give_up = std::chrono::steady_clock::now() + patience;
  while (true) {
    // Asked first: what ended since then has left its mark in the record.
    const std::optional<int> code = code_of(child);
    GOFLOW_TRY(const bool is_running, has_run(execution_id, child, context));
    if (is_running || (code && is_verdict(*code))) break;
    const bool is_too_late = std::chrono::steady_clock::now() > give_up;
    if (code || is_too_late) return not_begun(execution_id, code, command);
    std::this_thread::sleep_for(pause);
  }
  context.out().line(execution_id);
  context.tell("see how it goes: goflow exec watch " + short_id(execution_id));
  return {};
}

}  // namespace goflow::cli
