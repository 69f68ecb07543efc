#include "engine/local/process_identity.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <optional>
#include <string>

namespace goflow::engine {
namespace {

constexpr std::chrono::seconds heartbeat_patience{30};

std::string read_small_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  std::array<char, 4096> buffer{};
  const ssize_t size = read(file, buffer.data(), buffer.size());
  close(file);
  if (size <= 0) return {};
  std::string text(buffer.data(), static_cast<std::size_t>(size));
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  return text;
}

std::string boot_id() {
  return read_small_file("/proc/sys/kernel/random/boot_id");
}

std::string pid_namespace() {
  std::array<char, 64> link{};
  const ssize_t size = readlink("/proc/self/ns/pid", link.data(), link.size());
  return size > 0 ? std::string(link.data(), static_cast<std::size_t>(size)) : std::string();
}

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : std::string();
}

struct ProcessStat {
  char state = '?';
  std::string started;
};

/// The program's name may hold spaces and parentheses, so fields are counted after the last ')'.
std::optional<ProcessStat> read_process_stat(std::int64_t pid) {
  const std::string stat = read_small_file("/proc/" + std::to_string(pid) + "/stat");
  std::size_t position = stat.rfind(')');
  if (position == std::string::npos || position + 2 >= stat.size()) return std::nullopt;
  position += 2;
  ProcessStat result{stat[position], {}};
  constexpr int state_field = 3;
  constexpr int start_time_field = 22;
  for (int field = state_field; field < start_time_field; ++field) {
    position = stat.find(' ', position);
    if (position == std::string::npos) return std::nullopt;
    ++position;
  }
  result.started = stat.substr(position, stat.find(' ', position) - position);
  return result;
}

}  // namespace

std::string process_start_time(std::int64_t pid) {
  const auto stat = read_process_stat(pid);
  // A zombie has ended; only its parent has not looked yet.
  return stat && stat->state != 'Z' && stat->state != 'X' ? stat->started : std::string();
}

core::Owner this_process(core::Timestamp now) {
  ignore_wake_ups();
  core::Owner owner;
  owner.pid = getpid();
  owner.pid_started = process_start_time(owner.pid);
  owner.boot_id = boot_id();
  owner.pid_namespace = pid_namespace();
  owner.host = host_name();
  owner.heartbeat_at = now;
  return owner;
}

bool is_alive(const core::Owner& owner, core::Timestamp now) {
  if (owner.boot_id != boot_id()) return false;
  if (owner.pid_namespace != pid_namespace()) {
    return now - owner.heartbeat_at <= heartbeat_patience;
  }
  const std::string started = process_start_time(owner.pid);
  return !started.empty() && started == owner.pid_started;
}

bool is_same_process(const core::Owner& one, const core::Owner& other) {
  return one.pid == other.pid && one.pid_started == other.pid_started &&
         one.boot_id == other.boot_id && one.pid_namespace == other.pid_namespace;
}

bool may_take_over(const core::Owner& owner, const core::Owner& self) {
  return is_same_process(owner, self) || !is_alive(owner, self.heartbeat_at);
}

void wake(const core::Owner& owner) {
  // Only a process in our own namespace has the PID that is recorded.
  const bool is_here = owner.pid_namespace == pid_namespace() && owner.boot_id == boot_id();
  if (is_here && process_start_time(owner.pid) == owner.pid_started && owner.pid > 0) {
    kill(static_cast<pid_t>(owner.pid), wake_up_signal);
  }
}

void ignore_wake_ups() {
  struct sigaction current {};
  sigaction(wake_up_signal, nullptr, &current);
  // Somebody listens already: a process may run several executions.
  if (current.sa_handler == SIG_DFL) std::signal(wake_up_signal, SIG_IGN);
}

bool is_interrupted(const core::Execution& execution, core::Timestamp now) {
  if (execution.runner == core::Runner::external) return false;
  const bool going_on = execution.status == core::ExecutionStatus::running ||
                        execution.status == core::ExecutionStatus::waiting;
  return going_on && (!execution.owner || !is_alive(*execution.owner, now));
}

}  // namespace goflow::engine
