#include "cli/io/run_tree.hpp"

#include "cli/io/run_path.hpp"
#include "cli/io/run_words.hpp"
#include "cli/io/width.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace goflow::cli {

RunTree::RunTree(RunOutline outline) : outline_(std::move(outline)) {
  for (const PlannedNode& planned : outline_.nested) {
    details_[planned.id] = one_line(planned.detail);
  }
  for (const PlannedNode& planned : outline_.nodes) {
    details_[planned.id] = one_line(planned.detail);
    at_path(planned.id).detail = details_[planned.id];
  }
}

void RunTree::apply(const engine::Note& note, core::Timestamp at) {
  if (const auto* started = std::get_if<engine::NodeStarted>(&note)) {
    start(*started, at);
  } else if (const auto* missed = std::get_if<engine::AttemptFailed>(&note)) {
    miss(*missed);
  } else if (const auto* finished = std::get_if<engine::NodeFinished>(&note)) {
    finish(*finished, at);
  } else if (const auto* moved = std::get_if<engine::Progress>(&note)) {
    progress(*moved);
  }
}

void RunTree::recall(const core::NodeExecution& record) {
  const bool is_top = enclosing_path(record.path).empty();
  if (!is_top || !core::is_terminal(record.status) || is_scaffolding(record.node_type)) return;
  RunTreeNode& node = at_path(record.path);
  identify(node, record.node_id, record.node_type);
  node.status = record.status;
  node.attempt = record.attempt;
  node.skip_reason = record.skip_reason;
  node.started_at = record.started_at;
  node.ended_at = record.completed_at;
  if (record.error) node.trouble = one_line(record.error->message);
}

void RunTree::start(const engine::NodeStarted& note, core::Timestamp at) {
  if (is_scaffolding(note.type)) return;
  RunTreeNode& node = at_path(note.path);
  identify(node, note.node_id, note.type);
  node.attempt = note.attempt;
  node.waits_for_retry = false;
  if (auto words = signal_words(note.type, note.inputs); !words.empty()) {
    node.detail = std::move(words);
  }
  if (node.status == core::NodeStatus::running) return;
  node.status = core::NodeStatus::running;
  node.started_at = at;
  begin_groups(node, at);
}

void RunTree::miss(const engine::AttemptFailed& note) {
  RunTreeNode& node = at_path(note.path);
  node.trouble = one_line(note.failure.message);
  node.waits_for_retry = true;
}

void RunTree::finish(const engine::NodeFinished& note, core::Timestamp at) {
  if (is_scaffolding(note.type) && note.status != core::NodeStatus::failed) return;
  RunTreeNode& node = at_path(note.path);
  identify(node, note.node_id, note.type);
  const bool was_running = node.status == core::NodeStatus::running;
  node.status = note.status;
  node.failure_is_handled = note.failure_is_handled;
  node.skip_reason = note.skip_reason;
  node.waits_for_retry = false;
  node.trouble = note.failure ? one_line(note.failure->message) : std::string();
  if (was_running) {
    node.ended_at = at;
    end_groups(node, at);
  }
  tidy(node);
}

void RunTree::progress(const engine::Progress& note) {
  RunTreeNode& node = at_path(note.path);
  node.done = note.done;
  node.total = note.total;
}

RunTreeNode& RunTree::at_path(std::string_view path) {
  if (path.empty()) return root_;
  if (const auto found = by_path_.find(std::string(path)); found != by_path_.end()) {
    return *found->second;
  }
  return add(at_path(enclosing_path(path)), path);
}

RunTreeNode& RunTree::add(RunTreeNode& owner, std::string_view path) {
  // A new round: the ones before it are over.
  if (is_numbered(path) && owner.type != "parallel") tidy(owner);
  auto node = std::make_unique<RunTreeNode>();
  node->path = path;
  node->label = step_label(path);
  node->owner = &owner;
  by_path_[node->path] = node.get();
  owner.children.push_back(std::move(node));
  return *owner.children.back();
}

void RunTree::identify(RunTreeNode& node, const std::string& node_id, const std::string& type) {
  node.type = type;
  if (const auto known = details_.find(node_id); known != details_.end()) {
    node.detail = known->second;
  }
}

void RunTree::begin_groups(RunTreeNode& node, core::Timestamp at) {
  for (RunTreeNode* group = node.owner; group != nullptr; group = group->owner) {
    ++group->running_below;
    if (!group->is_group()) continue;
    group->status = core::NodeStatus::running;
    if (!group->started_at) group->started_at = at;
  }
}

void RunTree::end_groups(RunTreeNode& node, core::Timestamp at) {
  for (RunTreeNode* group = node.owner; group != nullptr; group = group->owner) {
    --group->running_below;
    if (!group->is_group() || group->running_below > 0) continue;
    const bool failed = std::any_of(group->children.begin(),
                                    group->children.end(),
                                    [](const auto& child) { return child->has_failed(); });
    group->status = failed ? core::NodeStatus::failed : core::NodeStatus::completed;
    group->ended_at = at;
  }
}

void RunTree::tidy(RunTreeNode& node) {
  const bool keeps_failures = node.status != core::NodeStatus::completed;
  std::erase_if(node.children, [&](const std::unique_ptr<RunTreeNode>& child) {
    if (child->is_active() || (keeps_failures && child->has_failed())) return false;
    forget(*child);
    return true;
  });
}

void RunTree::forget(const RunTreeNode& node) {
  for (const auto& child : node.children) {
    forget(*child);
  }
  by_path_.erase(node.path);
}

}  // namespace goflow::cli
