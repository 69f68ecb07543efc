#include "cli/commands/exec/detach.hpp"

#include "cli/command/exit_code.hpp"
#include "cli/io/run_outline.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <optional>
#include <thread>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr std::chrono::seconds patience{30};
constexpr std::chrono::milliseconds pause{5};

/// The session of its own is what lets it outlive the terminal.
class Surroundings {
 public:
  Surroundings() {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes_);
    // What goflow ignores for itself, such as a closed pipe, is none of its child's business.
    sigset_t signals;
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF);
  }
  ~Surroundings() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;

  Result<pid_t> spawn(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words) {
      arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int failure =
        posix_spawn(&child, "/proc/self/exe", &files_, &attributes_, arguments.data(), environ);
    if (failure == 0) return child;
    return Error{ErrorCode::unavailable,
                 "cannot start a process in the background: " + core::errno_text(failure)};
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

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
  GOFLOW_TRY(const pid_t child, Surroundings().spawn(words));
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
