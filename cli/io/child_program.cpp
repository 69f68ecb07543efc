#include "cli/io/child_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

/// The same in the words of posix_spawn().
class SpawnSettings {
 public:
  explicit SpawnSettings(const ChildSurroundings& surroundings) {
    posix_spawn_file_actions_init(&files_);
    posix_spawnattr_init(&attributes_);
    close_streams(surroundings.streams);
    set_group(surroundings);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  [[nodiscard]] const posix_spawn_file_actions_t* files() const { return &files_; }
  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  void close_streams(ChildSurroundings::Streams streams) {
    if (streams == ChildSurroundings::Streams::ours) return;
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (streams == ChildSurroundings::Streams::no_input) return;
    posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }

  void set_group(const ChildSurroundings& surroundings) {
    // What goflow ignores for itself, such as a closed pipe, is none of its child's business.
    sigset_t signals;
    sigfillset(&signals);
    if (surroundings.ignores_hangup_as_we_do) sigdelset(&signals, SIGHUP);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    short flags = POSIX_SPAWN_SETSIGDEF;
    if (surroundings.group == ChildSurroundings::Group::own) flags |= POSIX_SPAWN_SETPGROUP;
    if (surroundings.group == ChildSurroundings::Group::own_session) flags |= POSIX_SPAWN_SETSID;
    posix_spawnattr_setflags(&attributes_, flags);
  }

  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

}  // namespace

Result<ChildProgram> ChildProgram::start(const std::string& program,
                                         const std::vector<std::string>& words,
                                         const ChildSurroundings& surroundings) {
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  const SpawnSettings settings(surroundings);
  pid_t pid = 0;
  const int failure = posix_spawnp(
      &pid, program.c_str(), settings.files(), settings.attributes(), arguments.data(), environ);
  if (failure == 0) return ChildProgram(pid);
  return Error{ErrorCode::unavailable,
               "cannot start '" + words.front() + "': " + core::errno_text(failure)};
}

Result<ChildProgram> ChildProgram::start_self(const std::vector<std::string>& words,
                                              const ChildSurroundings& surroundings) {
  return start("/proc/self/exe", words, surroundings);
}

int ChildProgram::wait() {
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace goflow::cli
