#include "tests/support/memory_execution_store.hpp"

#include "core/base/sha256.hpp"
#include "core/execution/naming.hpp"
#include "core/execution/search.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

namespace goflow::test {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::JournalBatch;
using core::NodeExecution;
using core::NodeStatus;
using core::Result;

/// As it is read back: the start of a node stands for the decision that it runs.
NodeExecution normalized(NodeExecution node, const std::string& execution_id) {
  node.execution_id = execution_id;
  node.created_at = node.started_at.value_or(node.created_at);
  const bool started = node.status != NodeStatus::skipped && node.status != NodeStatus::pending;
  node.started_at.reset();
  if (started) node.started_at = node.created_at;
  return node;
}

class MemoryRunJournal final : public core::RunJournal {
 public:
  MemoryRunJournal(std::shared_ptr<RememberedRun> run, std::int64_t epoch)
      : run_(std::move(run)), epoch_(epoch) {}

  Result<void> commit(JournalBatch& batch) override {
    if (batch.empty()) return {};
    if (!is_ours()) return taken_over();
    const RememberedRun before = *run_;
    if (auto written = write(batch); !written) {
      *run_ = before;
      return written;
    }
    return {};
  }

  Result<std::optional<core::CancelRequest>> heartbeat(core::Timestamp now) override {
    if (!is_ours()) return taken_over();
    run_->execution.owner->heartbeat_at = now;
    return run_->execution.cancel;
  }

  Result<std::optional<core::Signal>> take_signal(const std::string& path,
                                                  const std::string& name,
                                                  const std::optional<core::Timestamp>& until,
                                                  core::Timestamp) override {
    if (!is_ours()) return taken_over();
    const auto taken = run_->taken_signals.find(path);
    if (taken != run_->taken_signals.end()) return std::optional(taken->second);
    const auto found =
        std::find_if(run_->signals.begin(), run_->signals.end(), [&](const core::Signal& signal) {
          return signal.name == name && (!until || signal.sent_at <= *until);
        });
    if (found == run_->signals.end()) return std::optional<core::Signal>();
    core::Signal signal = *found;
    run_->signals.erase(found);
    run_->taken_signals.emplace(path, signal);
    return std::optional(std::move(signal));
  }

  Result<void> release() override {
    if (is_ours()) run_->execution.owner.reset();
    return {};
  }

 private:
  [[nodiscard]] bool is_ours() const { return run_->epoch == epoch_ && run_->execution.owner; }

  [[nodiscard]] Error taken_over() const {
    return Error{ErrorCode::failed_precondition,
                 "another process has taken over execution '" + run_->execution.id + "'"};
  }

  Result<void> write(JournalBatch& batch) {
    for (NodeExecution& node : batch.nodes) {
      node.change_seq = ++run_->execution.change_seq;
      write_node(node);
    }
    for (const core::NodeAttempt& attempt : batch.attempts) {
      GOFLOW_TRY(require_node(attempt.path));
      replace(run_->attempts, attempt, [&](const core::NodeAttempt& other) {
        return other.path == attempt.path && other.attempt == attempt.attempt;
      });
    }
    for (core::VariableChange change : batch.variables) {
      if (!find_node(change.node_path)) change.node_path.clear();
      run_->variables.push_back(std::move(change));
    }
    for (const core::NodeLog& log : batch.logs) {
      GOFLOW_TRY(require_node(log.path));
      replace(run_->logs, log, [&](const core::NodeLog& other) {
        return other.path == log.path && other.attempt == log.attempt && other.stream == log.stream;
      });
    }
    if (batch.execution) write_execution(*batch.execution);
    return {};
  }

  void write_node(const NodeExecution& node) {
    NodeExecution row = normalized(node, run_->execution.id);
    NodeExecution* recorded = find_node(node.path);
    if (!recorded) return run_->nodes.push_back(std::move(row));
    row.id = recorded->id;
    *recorded = std::move(row);
  }

  void write_execution(Execution& change) {
    Execution& recorded = run_->execution;
    change.change_seq = ++recorded.change_seq;
    if (is_terminal(recorded.status)) recorded.cancel.reset();
    recorded.status = change.status;
    recorded.started_at = change.started_at;
    recorded.completed_at = change.completed_at;
    recorded.deadline_at = change.deadline_at;
    recorded.error = change.error;
    recorded.return_value = change.return_value;
    recorded.warnings = change.warnings;
    recorded.reopened = change.reopened;
    if (is_terminal(recorded.status)) recorded.queue.reset();
    if (recorded.audit && change.audit) {
      recorded.audit->status = change.audit->status;
      recorded.audit->earlier_ends = change.audit->earlier_ends;
    }
  }

  NodeExecution* find_node(const std::string& path) {
    auto found = std::find_if(run_->nodes.begin(), run_->nodes.end(), [&](const auto& node) {
      return node.path == path;
    });
    return found == run_->nodes.end() ? nullptr : &*found;
  }

  Result<void> require_node(const std::string& path) {
    if (find_node(path)) return {};
    return Error{ErrorCode::internal,
                 "execution '" + run_->execution.id + "' has no node at '" + path + "'"};
  }

  template <class Row, class IsSame>
  static void replace(std::vector<Row>& rows, const Row& row, IsSame is_same) {
    auto found = std::find_if(rows.begin(), rows.end(), is_same);
    if (found == rows.end()) {
      rows.push_back(row);
    } else {
      *found = row;
    }
  }

  std::shared_ptr<RememberedRun> run_;
  std::int64_t epoch_;
};

bool has_words(const core::ExecutionFilter& filter, const Execution& execution) {
  const auto has_tag = [&](const std::string& tag) {
    return std::find(execution.tags.begin(), execution.tags.end(), tag) != execution.tags.end();
  };
  const auto has_label = [&](const core::LabelFilter& label) {
    const auto found = execution.labels.find(label.key);
    return found != execution.labels.end() && (!label.value || found->second == *label.value);
  };
  return std::all_of(filter.tags.begin(), filter.tags.end(), has_tag) &&
         std::all_of(filter.labels.begin(), filter.labels.end(), has_label);
}

bool matches(const core::ExecutionFilter& filter, const Execution& execution) {
  const auto& statuses = filter.statuses;
  if (!has_words(filter, execution)) return false;
  if (filter.instance_id && execution.instance_id != *filter.instance_id) return false;
  if (!filter.search.empty() && !core::matches_search(execution, filter.search)) return false;
  if (filter.workflow_id && execution.workflow_id != *filter.workflow_id) return false;
  if (!filter.with_children && execution.parent) return false;
  if (filter.since && execution.created_at < *filter.since) return false;
  if (filter.until && execution.created_at >= *filter.until) return false;
  if (!statuses.empty() &&
      std::find(statuses.begin(), statuses.end(), execution.status) == statuses.end()) {
    return false;
  }
  const bool goes_on =
      execution.status == ExecutionStatus::running || execution.status == ExecutionStatus::waiting;
  return !goes_on || !filter.keep || filter.keep(execution);
}

bool is_within(const Execution& execution, const std::string& outer_id) {
  return execution.parent && execution.parent->execution_id == outer_id;
}

Error has_ended(const Execution& execution) {
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' has ended: it is " +
                   std::string(to_string(execution.status))};
}

Error no_execution(const std::string& id) {
  return Error{ErrorCode::not_found, "no execution '" + id + "'"};
}

}  // namespace

Result<void> MemoryExecutionStore::create(const Execution& execution,
                                          const std::string& definition) {
  if (runs_.contains(execution.id)) {
    return Error{ErrorCode::already_exists, "execution '" + execution.id + "' already exists"};
  }
  GOFLOW_TRY(check_slug(execution));
  auto run = std::make_shared<RememberedRun>();
  run->execution = execution;
  run->execution.definition_sha256 = core::sha256_hex(definition);
  if (execution.owner) run->execution.owner->epoch = run->epoch = 1;
  if (execution.queue) run->execution.queue->state = core::QueueState::waiting;
  run->execution.change_seq = 0;
  run->place = std::ssize(runs_);
  definitions_.emplace(run->execution.definition_sha256, definition);
  runs_.emplace(execution.id, std::move(run));
  return {};
}

Result<std::optional<Execution>> MemoryExecutionStore::find(const std::string& id) {
  const auto found = runs_.find(id);
  if (found == runs_.end()) return std::optional<Execution>();
  return std::optional(found->second->execution);
}

Result<void> MemoryExecutionStore::check_slug(const Execution& execution) const {
  for (const auto& [id, run] : runs_) {
    const Execution& other = run->execution;
    if (execution.slug.empty() || id == execution.id || other.slug != execution.slug) continue;
    return core::slug_is_taken(other.slug, other.name, id);
  }
  return {};
}

Result<std::optional<Execution>> MemoryExecutionStore::find_by_slug(const std::string& slug) {
  for (const auto& [id, run] : runs_) {
    if (!slug.empty() && run->execution.slug == slug) return std::optional(run->execution);
  }
  return std::optional<Execution>();
}

Result<std::vector<std::string>> MemoryExecutionStore::matching_ids(const std::string& part,
                                                                    int limit) {
  std::vector<std::string> beginnings;
  std::vector<std::string> endings;
  for (auto run = runs_.rbegin(); run != runs_.rend() && !part.empty(); ++run) {
    const std::string& id = run->first;
    if (id.starts_with(part) || id.starts_with("wex-" + part)) {
      beginnings.push_back(id);
    } else if (id.ends_with(part)) {
      endings.push_back(id);
    }
  }
  beginnings.insert(beginnings.end(), endings.begin(), endings.end());
  if (std::ssize(beginnings) > limit) beginnings.resize(static_cast<std::size_t>(limit));
  return beginnings;
}

Result<std::optional<Execution>> MemoryExecutionStore::latest(
    const std::optional<std::string>& workflow_id) {
  GOFLOW_TRY(
      const core::ExecutionPage page,
      list(
          {.workflow_id = workflow_id, .with_children = workflow_id.has_value()}, 1, std::nullopt));
  if (page.executions.empty()) return std::optional<Execution>();
  return find(page.executions.front().id);
}

Result<std::map<std::string, Execution>> MemoryExecutionStore::latest_by_workflow() {
  std::map<std::string, Execution> latest;
  GOFLOW_TRY(core::ExecutionPage page,
             list({.with_children = true}, std::numeric_limits<int>::max(), std::nullopt));
  for (Execution& execution : page.executions) {
    latest.emplace(execution.workflow_id, std::move(execution));
  }
  return latest;
}

Result<core::ExecutionPage> MemoryExecutionStore::list(
    const core::ExecutionFilter& filter,
    int limit,
    const std::optional<core::PagePosition>& after) {
  std::vector<Execution> found;
  for (const auto& [id, run] : runs_) {
    const Execution& execution = run->execution;
    const bool comes_after =
        !after || std::tie(execution.created_at, id) < std::tie(after->created_at, after->id);
    if (comes_after && matches(filter, execution)) found.push_back(execution);
  }
  std::sort(found.begin(), found.end(), [](const Execution& a, const Execution& b) {
    return std::tie(a.created_at, a.id) > std::tie(b.created_at, b.id);
  });
  core::ExecutionPage page;
  for (Execution& execution : found) {
    if (std::ssize(page.executions) == limit) {
      const Execution& last = page.executions.back();
      page.next = core::PagePosition{last.created_at, last.id};
      break;
    }
    execution.inputs = {};
    execution.return_value = {};
    page.executions.push_back(std::move(execution));
  }
  return page;
}

Result<core::ExecutionCount> MemoryExecutionStore::count(const core::ExecutionFilter& filter,
                                                         core::Counting counting) {
  GOFLOW_TRY(const core::ExecutionPage all, list(filter, std::numeric_limits<int>::max(), {}));
  core::ExecutionCount count{std::ssize(all.executions)};
  if (counting == core::Counting::quick && count.total > core::quick_count_limit) {
    count = {core::quick_count_limit, false};
  }
  return count;
}

Result<core::StatisticsByName> MemoryExecutionStore::statistics(
    const core::ExecutionFilter& filter) {
  core::StatisticsByName by_workflow;
  for (const auto& [id, run] : runs_) {
    const Execution& execution = run->execution;
    if (matches(filter, execution)) by_workflow[execution.workflow_id].add(execution);
  }
  return by_workflow;
}

Result<core::StatisticsByName> MemoryExecutionStore::node_statistics(
    const core::ExecutionFilter& filter) {
  core::StatisticsByName by_node;
  for (const auto& [id, run] : runs_) {
    if (!matches(filter, run->execution)) continue;
    for (const NodeExecution& node : run->nodes) {
      by_node[node.node_id].add(node);
    }
  }
  return by_node;
}

Result<std::vector<NodeExecution>> MemoryExecutionStore::nodes(const std::string& execution_id) {
  const auto found = runs_.find(execution_id);
  if (found == runs_.end()) return std::vector<NodeExecution>();
  std::vector<NodeExecution> rows = found->second->nodes;
  std::sort(rows.begin(), rows.end(), [](const NodeExecution& a, const NodeExecution& b) {
    return std::tie(a.created_at, a.path) < std::tie(b.created_at, b.path);
  });
  return rows;
}

Result<std::vector<Execution>> MemoryExecutionStore::children(const std::string& execution_id) {
  std::vector<Execution> rows;
  for (const auto& [id, run] : runs_) {
    if (!is_within(run->execution, execution_id)) continue;
    Execution& row = rows.emplace_back(run->execution);
    row.inputs = {};
    row.return_value = {};
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Execution& a, const Execution& b) {
    return a.created_at < b.created_at;
  });
  return rows;
}

Result<std::vector<core::NodeAttempt>> MemoryExecutionStore::attempts(
    const std::string& execution_id) {
  const auto found = runs_.find(execution_id);
  if (found == runs_.end()) return std::vector<core::NodeAttempt>();
  std::vector<core::NodeAttempt> rows = found->second->attempts;
  std::sort(rows.begin(), rows.end(), [](const core::NodeAttempt& a, const core::NodeAttempt& b) {
    return std::tie(a.path, a.attempt) < std::tie(b.path, b.attempt);
  });
  return rows;
}

Result<std::vector<core::NodeLog>> MemoryExecutionStore::logs(const std::string& execution_id) {
  GOFLOW_TRY(const std::vector<NodeExecution> in_order, nodes(execution_id));
  std::vector<core::NodeLog> rows;
  for (const NodeExecution& node : in_order) {
    const auto first = std::ssize(rows);
    for (const core::NodeLog& log : runs_.at(execution_id)->logs) {
      if (log.path == node.path) rows.push_back(log);
    }
    std::sort(rows.begin() + first, rows.end(), [](const core::NodeLog& a, const core::NodeLog& b) {
      return std::tie(a.attempt, a.stream) < std::tie(b.attempt, b.stream);
    });
  }
  return rows;
}

Result<std::vector<core::NodeLog>> MemoryExecutionStore::spooled_logs(
    const std::string& execution_id) {
  GOFLOW_TRY(std::vector<core::NodeLog> all, logs(execution_id));
  std::erase_if(all, [](const core::NodeLog& log) { return log.spool.empty(); });
  return all;
}

Result<std::vector<core::VariableChange>> MemoryExecutionStore::variables(
    const std::string& execution_id) {
  const auto found = runs_.find(execution_id);
  if (found == runs_.end()) return std::vector<core::VariableChange>();
  return found->second->variables;
}

Result<std::string> MemoryExecutionStore::definition(const std::string& sha256) {
  const auto found = definitions_.find(sha256);
  if (found != definitions_.end()) return found->second;
  return Error{ErrorCode::not_found, "no definition '" + sha256 + "'"};
}

Result<core::ExecutionChanges> MemoryExecutionStore::changes(const std::string& execution_id,
                                                             std::int64_t after) {
  core::ExecutionChanges changes;
  const auto found = runs_.find(execution_id);
  if (found == runs_.end()) return changes;
  const RememberedRun& run = *found->second;
  changes.execution = run.execution;
  std::set<std::string> paths;
  for (const NodeExecution& node : run.nodes) {
    if (node.change_seq > after) changes.nodes.push_back(node);
    if (node.change_seq > after || node.status == NodeStatus::running) paths.insert(node.path);
  }
  std::sort(changes.nodes.begin(), changes.nodes.end(), [](const auto& a, const auto& b) {
    return a.change_seq < b.change_seq;
  });
  GOFLOW_TRY(changes.attempts, attempts(execution_id));
  GOFLOW_TRY(changes.logs, logs(execution_id));
  const auto is_other = [&](const auto& row) { return !paths.contains(row.path); };
  std::erase_if(changes.attempts, is_other);
  std::erase_if(changes.logs, is_other);
  return changes;
}

// Nobody else writes here.
Result<std::int64_t> MemoryExecutionStore::version() {
  return 1;
}

Result<Execution> MemoryExecutionStore::update(
    const std::string& execution_id, const std::function<Result<void>(Execution&)>& change) {
  const auto found = runs_.find(execution_id);
  if (found == runs_.end()) return no_execution(execution_id);
  Execution execution = found->second->execution;
  GOFLOW_TRY(change(execution));
  GOFLOW_TRY(check_slug(execution));
  ++execution.change_seq;
  if (is_terminal(execution.status)) execution.queue.reset();
  found->second->execution = execution;
  return execution;
}

Result<Execution> MemoryExecutionStore::update_with_nodes(
    const std::string& execution_id,
    const std::function<Result<void>(Execution&, std::vector<NodeExecution>&)>& change) {
  const auto found = runs_.find(execution_id);
  if (found == runs_.end()) return no_execution(execution_id);
  RememberedRun& run = *found->second;
  Execution execution = run.execution;
  std::vector<NodeExecution> changed = run.nodes;
  GOFLOW_TRY(change(execution, changed));
  GOFLOW_TRY(check_slug(execution));
  for (NodeExecution& node : changed) {
    node.change_seq = ++execution.change_seq;
    node = normalized(std::move(node), execution_id);
  }
  ++execution.change_seq;
  if (is_terminal(execution.status)) execution.queue.reset();
  run.nodes = std::move(changed);
  run.execution = execution;
  return execution;
}

std::vector<std::string> MemoryExecutionStore::with_descendants(
    const std::vector<std::string>& ids) const {
  std::vector<std::string> all = ids;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const auto& [id, run] : runs_) {
      if (is_within(run->execution, all[i])) all.push_back(id);
    }
  }
  return all;
}

Result<void> MemoryExecutionStore::remove(
    const std::vector<std::string>& execution_ids,
    const std::function<Result<void>(const Execution&)>& may_remove) {
  const std::vector<std::string> all = with_descendants(execution_ids);
  for (const std::string& id : all) {
    const auto found = runs_.find(id);
    if (found == runs_.end()) return no_execution(id);
    GOFLOW_TRY(may_remove(found->second->execution));
  }
  for (const std::string& id : all) {
    runs_.erase(id);
  }
  return {};
}

Result<std::unique_ptr<core::RunJournal>> MemoryExecutionStore::take_ownership(
    const std::string& execution_id,
    const core::Owner& owner,
    const std::function<bool(const core::Owner&)>& may_take) {
  const auto found = runs_.find(execution_id);
  if (found == runs_.end()) return no_execution(execution_id);
  RememberedRun& run = *found->second;
  const std::optional<core::Owner>& recorded = run.execution.owner;
  if (recorded && !may_take(*recorded)) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution_id + "' is run by process " +
                     std::to_string(recorded->pid) + " on '" + recorded->host + "'"};
  }
  run.execution.queue.reset();
  return own(found->second, owner);
}

std::unique_ptr<core::RunJournal> MemoryExecutionStore::own(
    const std::shared_ptr<RememberedRun>& run, const core::Owner& owner) {
  run->execution.owner = owner;
  run->execution.owner->epoch = ++run->epoch;
  return std::make_unique<MemoryRunJournal>(run, run->epoch);
}

std::vector<std::shared_ptr<RememberedRun>> MemoryExecutionStore::runs_by_place() const {
  std::vector<std::shared_ptr<RememberedRun>> runs;
  for (const auto& [id, run] : runs_) {
    runs.push_back(run);
  }
  std::sort(
      runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a->place < b->place; });
  return runs;
}

Result<void> MemoryExecutionStore::request_cancel(const std::string& execution_id,
                                                  const core::CancelRequest& request) {
  const auto found = runs_.find(execution_id);
  if (found == runs_.end()) return no_execution(execution_id);
  Execution& execution = found->second->execution;
  if (is_terminal(execution.status)) return has_ended(execution);
  if (execution.cancel && execution.cancel->force && !request.force) return {};
  execution.cancel = request;
  ++execution.change_seq;
  return {};
}

Result<void> MemoryExecutionStore::send_signal(const std::string& execution_id,
                                               const core::Signal& signal) {
  const auto found = runs_.find(execution_id);
  if (found == runs_.end()) return no_execution(execution_id);
  RememberedRun& run = *found->second;
  if (is_terminal(run.execution.status)) return has_ended(run.execution);
  run.signals.push_back(signal);
  ++run.execution.change_seq;
  return {};
}

}  // namespace goflow::test
