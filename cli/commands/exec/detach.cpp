#include "cli/commands/exec/detach.hpp"

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

/// It has the run, or has had it: a short one may be over by now.
Result<bool> has_begun(const std::string& id, pid_t child, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const auto execution, store->find(id));
  if (!execution) return true;  // somebody has deleted it already
  return is_terminal(execution->status) || (execution->owner && execution->owner->pid == child);
}

Error not_begun(const std::string& command) {
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
    const bool has_ended = waitpid(child, nullptr, WNOHANG) == child;
    GOFLOW_TRY(const bool is_on_its_way, has_begun(execution_id, child, context));
    if (is_on_its_way) break;
    if (has_ended || std::chrono::steady_clock::now() > give_up) return not_begun(command);
    std::this_thread::sleep_for(pause);
  }
  context.out().line(execution_id);
  context.tell("see how it goes: goflow exec watch " + short_id(execution_id));
  return {};
}

}  // namespace goflow::cli
