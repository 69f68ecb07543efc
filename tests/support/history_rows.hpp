// Rows for tests of the history; a test changes what it is about.
#pragma once

#include "core/execution/execution_store.hpp"

#include <memory>
#include <string>

namespace goflow::test {

inline constexpr core::Timestamp noon =
    std::chrono::sys_days{std::chrono::year{2026} / 1 / 19} + std::chrono::hours{12};

/// A pending run of "nightly", created at noon.
inline core::Execution an_execution(const std::string& id) {
  core::Execution execution;
  execution.id = id;
  execution.workflow_id = "nightly";
  execution.created_at = noon;
  return execution;
}

/// A running shell node that started one second after noon.
inline core::NodeExecution a_node(const std::string& path) {
  core::NodeExecution node;
  node.id = "nex-" + path;
  node.node_id = path.substr(path.rfind('/') + 1);
  node.node_type = "shell";
  node.path = path;
  node.created_at = noon;
  node.started_at = noon + std::chrono::seconds{1};
  return node;
}

inline core::Owner an_owner() {
  core::Owner owner;
  owner.pid = 4711;
  owner.pid_started = "123";
  owner.boot_id = "boot";
  owner.host = "here";
  owner.heartbeat_at = noon;
  return owner;
}

inline bool always(const core::Owner&) {
  return true;
}
inline bool never(const core::Owner&) {
  return false;
}

/// The journal of a run that is taken whoever owns it; nullptr if that fails.
inline std::unique_ptr<core::RunJournal> own(core::ExecutionStore& store, const std::string& id) {
  auto journal = store.take_ownership(id, an_owner(), always);
  return journal ? *std::move(journal) : nullptr;
}

/// Five runs, a minute apart: wex-1, 3 and 5 of "nightly", wex-2 and 4 of "weekly"; 3 and 4 have
/// failed, 5 is running, the others are completed. False if the store refuses them.
inline bool create_series(core::ExecutionStore& store) {
  using enum core::ExecutionStatus;
  int number = 0;
  for (const core::ExecutionStatus status : {completed, completed, failed, failed, running}) {
    core::Execution execution = an_execution("wex-" + std::to_string(number + 1));
    execution.workflow_id = number % 2 == 0 ? "nightly" : "weekly";
    execution.status = status;
    execution.created_at += std::chrono::minutes{number++};
    if (!store.create(execution, "nodes: []")) return false;
  }
  return true;
}

}  // namespace goflow::test
