#include "engine/loop/spawn.hpp"

#include "core/secret/process_privacy.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#ifdef __SANITIZE_THREAD__
// clone() of the thread sanitizer takes the child for a fork with memory of its own, and spoils
// what the parent knows of itself. This is glibc's, under the name that it has within.
extern "C" int __clone(int (*begin)(void*), void* stack, int flags, void* argument, ...);
#define clone __clone
#endif

namespace goflow::engine {
namespace {

constexpr int cannot_be_executed = 126;
constexpr int not_found = 127;

/// All that a child needs between its birth and its program, and why it did not get there.
struct Birth {
  const char* program;
  char* const* arguments;
  char* const* environment;
  const char* directory;  // empty: where goflow is
  ChildDescriptors descriptors;
  int fault = 0;  // an errno
};

// The child has goflow's memory and a stack that no sanitizer knows.
#define GOFLOW_CHILD_CODE __attribute__((no_sanitize("address", "thread", "undefined")))

/// Also where it has that number already: what stays open must not be close-on-exec.
GOFLOW_CHILD_CODE bool give(int descriptor, int number) {
  if (descriptor == number) return fcntl(number, F_SETFD, 0) == 0;
  return dup2(descriptor, number) == number;
}

/// Runs in goflow's own memory while goflow stands still, so it must not allocate nor lock. Signals
/// are blocked until all descriptors of goflow's are closed: a handler could do no harm then.
GOFLOW_CHILD_CODE bool prepare(const Birth& birth) {
  struct sigaction by_default {};
  by_default.sa_handler = SIG_DFL;
  if (sigaction(SIGPIPE, &by_default, nullptr) != 0) return false;  // goflow ignores it
  if (setsid() == -1) return false;
  if (*birth.directory != '\0' && chdir(birth.directory) != 0) return false;
  if (!give(birth.descriptors.in, STDIN_FILENO) || !give(birth.descriptors.out, STDOUT_FILENO) ||
      !give(birth.descriptors.err, STDERR_FILENO)) {
    return false;
  }
  // Ours are all close-on-exec; these are what goflow itself inherited.
  closefrom(STDERR_FILENO + 1);
  sigset_t none;
  sigemptyset(&none);
  return sigprocmask(SIG_SETMASK, &none, nullptr) == 0;
}

GOFLOW_CHILD_CODE int begin_program(void* argument) {
  Birth& birth = *static_cast<Birth*>(argument);
  if (prepare(birth)) execve(birth.program, birth.arguments, birth.environment);
  birth.fault = errno;
  _exit(not_found);
}

/// While it lives, no signal is handled in this thread.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

/// The child begins its program, or is gone again, before this comes back. Its stack is not
/// touched any more then.
pid_t give_birth(Birth& birth) {
  constexpr std::size_t stack_size = 64UL * 1024;
  const auto stack = std::make_unique_for_overwrite<std::byte[]>(stack_size);
  const BlockedSignals blocked;
  const core::UsersCoreLimit core_limit;
  constexpr int flags = CLONE_VM | CLONE_VFORK | SIGCHLD;
  const pid_t pid = clone(begin_program, stack.get() + stack_size, flags, &birth);
  if (pid == -1) {
    birth.fault = errno;
  } else if (birth.fault != 0) {
    waitpid(pid, nullptr, 0);
  }
  return pid;
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const std::string& text : texts) {
    pointers.push_back(const_cast<char*>(text.c_str()));
  }
  pointers.push_back(nullptr);
  return pointers;
}

std::string_view search_path(const std::vector<std::string>& environment) {
  constexpr std::string_view name = "PATH=";
  for (const std::string_view entry : environment) {
    if (entry.substr(0, name.size()) == name) return entry.substr(name.size());
  }
  return "/usr/local/bin:/usr/bin:/bin";
}

/// A relative path counts from the child's directory.
bool is_executable(const std::string& path, const std::string& directory) {
  const bool is_absolute = path.front() == '/';
  return access(is_absolute ? path.c_str() : (directory + "/" + path).c_str(), X_OK) == 0;
}

/// Where the program is, seen from the child's directory: execvp() would search goflow's own PATH,
/// not the one that the child is given.
std::string locate(const ChildCommand& command) {
  const std::string& program = command.arguments.front();
  if (program.find('/') != std::string::npos) return program;
  std::string_view path = search_path(command.environment);
  std::string candidate;
  while (!path.empty()) {
    const std::string_view folder = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(path.size(), folder.size() + 1));
    candidate.assign(folder.empty() ? "." : folder).append("/").append(program);
    if (is_executable(candidate, command.directory)) return candidate;
  }
  return {};
}

bool is_directory(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

StartFailure explain(int error_number, const ChildCommand& command) {
  using Lack = StartFailure::Lack;
  const std::string& program = command.arguments.front();
  const std::string prefix = "cannot start '" + program + "': ";
  if (!command.directory.empty() && !is_directory(command.directory)) {
    const std::string reason = prefix + "no directory '" + command.directory + "'";
    return {not_found, reason, Lack::directory, command.directory};
  }
  if (error_number == E2BIG) {
    const std::string reason = prefix + "arguments and environment are too large for the system";
    return {cannot_be_executed, reason, Lack::room};
  }
  const std::string reason = prefix + core::errno_text(error_number);
  if (error_number != ENOENT && error_number != ENOTDIR) return {cannot_be_executed, reason};
  // Else it is there, and what is missing is the interpreter that its first line names.
  const bool is_unknown = locate(command).empty();
  const std::string_view path = is_unknown ? search_path(command.environment) : "";
  return {not_found, reason, Lack::program, std::string(path)};
}

}  // namespace

// Not uv_spawn(): it forks, which costs the more the larger goflow has grown, and it lets through
// descriptors that goflow inherited. Not posix_spawn(): it does the same as what is done here, but
// asks the system about each signal and maps a stack for each child; that is 65 us of a step.
core::Result<pid_t, StartFailure> spawn(const ChildCommand& command,
                                        const ChildDescriptors& descriptors) {
  const std::string program = locate(command);
  if (program.empty()) return explain(ENOENT, command);
  const std::vector<char*> arguments = pointers_to(command.arguments);
  const std::vector<char*> environment = pointers_to(command.environment);
  Birth birth{program.c_str(),
              arguments.data(),
              environment.data(),
              command.directory.c_str(),
              descriptors};
  const pid_t pid = give_birth(birth);
  if (birth.fault != 0) return explain(birth.fault, command);
  return pid;
}

}  // namespace goflow::engine
