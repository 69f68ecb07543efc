#include "engine/local/leftovers.hpp"

#include "engine/local/process_identity.hpp"

#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>

namespace goflow::engine {
namespace {

void end_recorded(const core::ProcessRecord& process) {
  // The number may belong to somebody else by now.
  if (process_start_time(process.group) != process.started) return;
  ::kill(-static_cast<pid_t>(process.group), SIGKILL);
}

std::optional<pid_t> to_pid(const std::string& name) {
  pid_t pid = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return pid;
}

/// Empty when it is not ours to see, or has ended.
std::string environment_of(const std::filesystem::path& process) {
  std::ifstream file(process / "environ", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string_view value_of(std::string_view name, std::string_view environment) {
  while (!environment.empty()) {
    const std::string_view entry = environment.substr(0, environment.find('\0'));
    environment.remove_prefix(std::min(environment.size(), entry.size() + 1));
    const std::size_t equals = entry.find('=');
    if (equals != std::string_view::npos && entry.substr(0, equals) == name)
      return entry.substr(equals + 1);
  }
  return {};
}

/// A step is the leader of its session, and names its run and its node to all that it starts.
void end_unrecorded(const std::string& execution_id, const std::set<std::string>& node_ids) {
  std::error_code error;
  for (const auto& process : std::filesystem::directory_iterator("/proc", error)) {
    const auto pid = to_pid(process.path().filename());
    if (!pid || getsid(*pid) != *pid) continue;
    const std::string environment = environment_of(process.path());
    if (value_of("GOFLOW_EXECUTION_ID", environment) != execution_id) continue;
    if (node_ids.count(std::string(value_of("GOFLOW_NODE", environment))) == 0) continue;
    ::kill(-*pid, SIGKILL);
  }
}

}  // namespace

void end_leftovers(const std::string& execution_id, const std::vector<core::NodeExecution>& nodes) {
  std::set<std::string> unrecorded;
  for (const core::NodeExecution& node : nodes) {
    if (is_terminal(node.status)) continue;
    if (node.process) {
      end_recorded(*node.process);
    } else if (node.node_type == "shell") {
      unrecorded.insert(node.node_id);
    }
  }
  if (!unrecorded.empty()) end_unrecorded(execution_id, unrecorded);
}

}  // namespace goflow::engine
