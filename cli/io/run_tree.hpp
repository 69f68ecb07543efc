// How a run stands, as a tree of its nodes, kept up to date by the notes of the run.
#pragma once

#include "cli/io/run_outline.hpp"
#include "core/base/clock.hpp"
#include "core/execution/execution.hpp"
#include "engine/interpreter/runtime.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace goflow::cli {

/// A node of the workflow, or what groups nodes: a round of a loop, a branch, a handler.
struct RunTreeNode {
  std::string path;
  std::string label;  // "enrich"; "125" for a round
  std::string type;   // of the node; empty for a group
  std::string detail;
  core::NodeStatus status = core::NodeStatus::pending;
  bool failure_is_handled = false;
  std::optional<core::Timestamp> started_at;
  std::optional<core::Timestamp> ended_at;
  int attempt = 1;
  std::string trouble;  // why it failed, or why the attempt before did
  bool waits_for_retry = false;
  std::string skip_reason;
  std::int64_t done = 0;  // rounds or branches
  std::optional<std::int64_t> total;
  std::size_t running_below = 0;  // nodes, groups not counted
  RunTreeNode* owner = nullptr;
  std::vector<std::unique_ptr<RunTreeNode>> children;

  [[nodiscard]] bool is_group() const { return type.empty() && owner != nullptr; }
  [[nodiscard]] bool is_active() const {
    return status == core::NodeStatus::running || running_below > 0;
  }
  [[nodiscard]] bool has_failed() const {
    return status == core::NodeStatus::failed && !failure_is_handled;
  }
};

/// Forgets rounds and branches that are over, so a loop of any length takes little memory; those
/// that failed stay, to show where.
class RunTree {
 public:
  explicit RunTree(RunOutline outline);

  void apply(const engine::Note& note, core::Timestamp at);
  /// A node of the top level that had ended before this run took up again.
  void recall(const core::NodeExecution& node);

  [[nodiscard]] const RunOutline& outline() const { return outline_; }
  /// Of the top level, planned ones first.
  [[nodiscard]] const std::vector<std::unique_ptr<RunTreeNode>>& nodes() const {
    return root_.children;
  }

 private:
  void start(const engine::NodeStarted& note, core::Timestamp at);
  void miss(const engine::AttemptFailed& note);
  void finish(const engine::NodeFinished& note, core::Timestamp at);
  void progress(const engine::Progress& note);

  RunTreeNode& at_path(std::string_view path);
  RunTreeNode& add(RunTreeNode& owner, std::string_view path);
  void identify(RunTreeNode& node, const std::string& node_id, const std::string& type);
  void begin_groups(RunTreeNode& node, core::Timestamp at);
  void end_groups(RunTreeNode& node, core::Timestamp at);
  /// Drops what is below and neither active nor to be shown as failed.
  void tidy(RunTreeNode& node);
  void forget(const RunTreeNode& node);

  RunOutline outline_;
  std::unordered_map<std::string, std::string> details_;
  std::unordered_map<std::string, RunTreeNode*> by_path_;
  RunTreeNode root_;
};

}  // namespace goflow::cli
