#include "engine/local/reopening.hpp"

#include "core/base/suggest.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace goflow::engine {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::NodeExecution;
using core::NodeStatus;
using core::Result;

Error not_reopened(const Execution& execution) {
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' is " + std::string(to_string(execution.status)) +
                   ": only a failed, timed out or cancelled one can be retried"};
}

std::set<std::string_view> nodes_that_handle_failure(const core::Workflow& workflow) {
  std::set<std::string_view> ids;
  for (const core::Node& node : workflow.nodes) {
    if (node.on_error != core::OnError::fail) ids.insert(node.id);
  }
  return ids;
}

bool is_named(const NodeExecution& node, const std::string& word) {
  return node.path == word || node.node_id == word;
}

/// "each" of "each[3]", and of "each@2[3]": in its second attempt.
std::string_view container_of(std::string_view scope) {
  const std::size_t slash = scope.rfind('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  return scope.substr(0, scope.find_first_of("[@", name));
}

/// The same for every attempt of what is around: "fan/left/door" of "fan@2/left/door".
std::string place_of(std::string_view path) {
  std::string place;
  for (std::size_t at = path.find('@'); at != std::string_view::npos; at = path.find('@')) {
    place += path.substr(0, at);
    path.remove_prefix(std::min(path.find_first_of("[/", at), path.size()));
  }
  return place.append(path);
}

bool is_at_or_around(std::string_view outer, std::string_view inner) {
  if (!inner.starts_with(outer)) return false;
  return inner.size() == outer.size() || inner[outer.size()] == '/' || inner[outer.size()] == '[';
}

/// What has to run again.
class Selection {
 public:
  explicit Selection(const ReopeningRequest& request)
      : handling_(nodes_that_handle_failure(request.workflow)) {
    for (const NodeExecution& node : request.nodes) {
      known_.emplace(node.path, &node);
    }
    for (const NodeExecution& node : request.nodes) {
      if (is_open(node)) open_.push_back(&node);
    }
  }

  [[nodiscard]] const std::vector<const NodeExecution*>& nodes() const { return open_; }

  Result<void> check(const std::string& word, const ReopeningRequest& request) const {
    GOFLOW_TRY(const NodeExecution* named, find(word, request));
    if (named->status == NodeStatus::failed && !is_open(*named)) {
      return Error{ErrorCode::failed_precondition,
                   "the failure of node '" + word + "' was handled, and what follows it has run"}
          .with_hint("start anew from there: goflow exec rerun " + request.execution.id +
                     " --from " + word);
    }
    if (!is_open(*named)) {
      return Error{ErrorCode::failed_precondition,
                   "node '" + word + "' is " + std::string(to_string(named->status)) +
                       ", it has not failed"};
    }
    const std::string place = place_of(named->path);
    for (const NodeExecution* other : open_) {
      if (other->status != NodeStatus::failed || is_named(*other, word)) continue;
      if (is_at_or_around(place_of(other->path), place)) continue;
      return Error{
          ErrorCode::failed_precondition,
          "node '" + other->path + "' has failed too, so that the execution would fail again"}
          .with_hint("try all of them: goflow exec retry " + request.execution.id);
    }
    return {};
  }

 private:
  [[nodiscard]] bool is_open(const NodeExecution& node) const {
    if (is_in_handler(node)) return is_terminal(node.status);
    return has_to_run(node) && !is_within_what_stays(node.path);
  }

  [[nodiscard]] bool has_to_run(const NodeExecution& node) const {
    if (node.status == NodeStatus::cancelled || node.status == NodeStatus::running) return true;
    return node.status == NodeStatus::failed && !handling_.contains(node.node_id);
  }

  /// What was cut off or failed in a container does not matter where that came to an end that
  /// stays.
  [[nodiscard]] bool is_within_what_stays(std::string_view path) const {
    std::size_t slash = path.find('/');
    for (; slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
      const auto around = known_.find(container_of(path.substr(0, slash)));
      if (around == known_.end()) continue;
      if (is_terminal(around->second->status) && !has_to_run(*around->second)) return true;
    }
    return false;
  }

  static Result<const NodeExecution*> find(const std::string& word,
                                           const ReopeningRequest& request) {
    std::vector<std::string> names;
    for (const NodeExecution& node : request.nodes) {
      if (is_named(node, word)) return &node;
      names.push_back(node.path);
    }
    return Error{ErrorCode::not_found,
                 "execution '" + request.execution.id + "' has no node '" + word + "'"}
        .with_hint(core::did_you_mean(word, names));
  }

  std::set<std::string_view> handling_;
  std::unordered_map<std::string_view, const NodeExecution*> known_;  // by path
  std::vector<const NodeExecution*> open_;
};

core::NodeAttempt past_attempt(const NodeExecution& node, core::Timestamp now) {
  core::NodeAttempt attempt{node.path,
                            node.attempt,
                            node.started_at.value_or(node.created_at),
                            node.completed_at.value_or(now),
                            node.error};
  attempt.before_retry = true;
  return attempt;
}

NodeExecution pending_again(NodeExecution node) {
  node.status = NodeStatus::pending;
  ++node.attempt;
  node.started_at.reset();
  node.completed_at.reset();
  node.outputs = {};
  node.error.reset();
  node.skip_reason.clear();
  node.warnings.clear();
  node.facts = {};
  node.wait.reset();
  node.process.reset();
  return node;
}

Execution running_again(const ReopeningRequest& request, core::Timestamp now) {
  Execution execution = request.execution;
  if (execution.deadline_at && execution.started_at) {
    const auto limit = *execution.deadline_at - *execution.started_at;
    const auto declared = request.workflow.timeout;
    execution.deadline_at = now + (declared ? core::Timestamp::duration(*declared) : limit);
  }
  if (execution.audit) {
    execution.audit->status.updated_at = now;
    execution.audit->status.event = "updated";
    execution.audit->earlier_ends.push_back(
        {execution.status, execution.completed_at.value_or(now), execution.error, now});
  }
  execution.status = ExecutionStatus::running;
  if (!execution.started_at) execution.started_at = now;
  execution.completed_at.reset();
  execution.error.reset();
  execution.return_value = {};
  execution.warnings.clear();
  execution.cancel.reset();
  ++execution.reopened;
  return execution;
}

}  // namespace

bool is_in_handler(const NodeExecution& node) {
  using enum core::Handler;
  for (const core::Handler handler : {on_success, on_failure, on_exit}) {
    if (node.path.starts_with(std::string(core::to_string(handler)) + "/")) return true;
  }
  return false;
}

Result<core::JournalBatch> reopen(const ReopeningRequest& request, core::Timestamp now) {
  const Execution& execution = request.execution;
  if (!may_move(execution.status, ExecutionStatus::running, core::Reopen::yes) ||
      !is_terminal(execution.status)) {
    return not_reopened(execution);
  }
  const Selection selection(request);
  if (request.node) GOFLOW_TRY(selection.check(*request.node, request));
  core::JournalBatch batch;
  std::set<std::string_view> paths;
  for (const NodeExecution* node : selection.nodes()) {
    paths.insert(node->path);
    if (node->status != NodeStatus::skipped) batch.attempts.push_back(past_attempt(*node, now));
    batch.nodes.push_back(pending_again(*node));
  }
  // Attempts of before do not count any more: the node has all its retries again.
  for (core::NodeAttempt attempt : request.attempts) {
    if (!paths.contains(attempt.path)) continue;
    attempt.before_retry = true;
    batch.attempts.push_back(std::move(attempt));
  }
  batch.execution = running_again(request, now);
  return batch;
}

}  // namespace goflow::engine
