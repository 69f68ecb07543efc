#include "engine/loop/spawn.hpp"

#include <spawn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {
namespace {

constexpr int cannot_be_executed = 126;
constexpr int not_found = 127;

class FileActions {
 public:
  FileActions(const std::string& directory, const ChildDescriptors& descriptors) {
    posix_spawn_file_actions_init(&actions_);
    if (!directory.empty()) posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());
    posix_spawn_file_actions_adddup2(&actions_, descriptors.in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, descriptors.out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, descriptors.err, STDERR_FILENO);
    // Ours are all close-on-exec; these are what goflow itself inherited.
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
  }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

class Attributes {
 public:
  Attributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t ignored_here;
    sigemptyset(&ignored_here);
    sigaddset(&ignored_here, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes_, &ignored_here);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

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

/// Where the program is, seen from the child's directory. posix_spawnp() would search goflow's own
/// PATH, not the one that the child is given.
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

// posix_spawn() and not uv_spawn(): that one forks, which costs the more the larger goflow has
// grown (a tenth of the time of a short step at its smallest), and it lets through descriptors
// that goflow inherited.
core::Result<pid_t, StartFailure> spawn(const ChildCommand& command,
                                        const ChildDescriptors& descriptors) {
  const std::string program = locate(command);
  if (program.empty()) return explain(ENOENT, command);
  const FileActions actions(command.directory, descriptors);
  const Attributes attributes;
  pid_t pid = 0;
  const int failed = posix_spawn(&pid,
                                 program.c_str(),
                                 actions.get(),
                                 attributes.get(),
                                 pointers_to(command.arguments).data(),
                                 pointers_to(command.environment).data());
  if (failed != 0) return explain(failed, command);
  return pid;
}

}  // namespace goflow::engine
