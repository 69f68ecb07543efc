// The history: every run, every node, every change; and the pen with which a run is written down.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/execution/statistics.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// What is committed together. Later rows of the same path replace earlier ones.
struct JournalBatch {
  std::vector<NodeExecution> nodes = {};  // inserted, or updated by path
  std::vector<NodeAttempt> attempts = {};
  std::vector<VariableChange> variables = {};
  std::vector<NodeLog> logs = {};           // whole content so far, replaces the row
  std::optional<Execution> execution = {};  // status, times, error, return value

  [[nodiscard]] bool empty() const {
    return nodes.empty() && attempts.empty() && variables.empty() && logs.empty() && !execution;
  }
};

/// The write side of one run, held by the one process that owns it. Not thread safe.
/// Every write is conditional on the owner's epoch: who lost the run gets failed_precondition.
class RunJournal {
 public:
  virtual ~RunJournal() = default;
  /// All of it in one transaction, or nothing. Stamps change_seq, in the order of the batch.
  virtual Result<void> commit(JournalBatch& batch) = 0;
  /// Tells the world that the owner lives; returns a cancel request that somebody left.
  virtual Result<std::optional<CancelRequest>> heartbeat(Timestamp now) = 0;
  /// Gives the node at `path` the oldest signal of this name that no node has taken and that was
  /// sent no later than `until`; for good, and the same again whenever that node asks. nullopt:
  /// there is none.
  virtual Result<std::optional<Signal>> take_signal(const std::string& path,
                                                    const std::string& name,
                                                    const std::optional<Timestamp>& until,
                                                    Timestamp now) = 0;
  /// Gives the run up: after its end, or when it is left to a later resume.
  virtual Result<void> release() = 0;
};

/// A label with this key, and this value if one is given.
struct LabelFilter {
  std::string key;
  std::optional<std::string> value = std::nullopt;
};

/// All of it has to hold.
struct ExecutionFilter {
  std::optional<std::string> workflow_id = std::nullopt;
  std::optional<std::string> instance_id = std::nullopt;
  std::vector<ExecutionStatus> statuses = {};  // empty: all
  std::optional<Timestamp> since = std::nullopt;
  std::optional<Timestamp> until = std::nullopt;
  std::vector<std::string> tags = {};
  std::vector<LabelFilter> labels = {};
  // In id, name, workflow, a tag or the message of the error; upper and lower case are one.
  std::string search = {};
  bool with_children = false;  // those that are the work of a node of another run, too
  // Runs marked as going on are kept only if this says so (used for "interrupted").
  std::function<bool(const Execution&)> keep = {};
};

struct ExecutionCount {
  std::int64_t total = 0;
  bool is_exact = true;  // false: there are at least so many
};

/// How much a count may cost: `quick` stops at 10,000 where it would have to look at each row.
enum class Counting { quick, exact };
inline constexpr std::int64_t quick_count_limit = 10'000;

/// What was recorded of a run since some earlier look at it.
struct ExecutionChanges {
  std::optional<Execution> execution = std::nullopt;  // as it is; nullopt: it is not there
  std::vector<NodeExecution> nodes = {};              // changed since, in the order of the changes
  // Of these nodes and of those that run.
  std::vector<NodeAttempt> attempts = {};
  std::vector<NodeLog> logs = {};
};

/// Where the next page of a listing begins: right after this row.
struct PagePosition {
  Timestamp created_at;
  std::string id;
};

struct ExecutionPage {
  std::vector<Execution> executions;      // newest first, without inputs and return value
  std::optional<PagePosition> next = {};  // absent on the last page
};

/// Safe to use from several processes at once; "database is locked" never comes out of it.
class ExecutionStore {
 public:
  virtual ~ExecutionStore() = default;

  /// Execution, definition, owner and place in the queue in one transaction. already_exists when
  /// the id or the slug is taken.
  virtual Result<void> create(const Execution& execution, const std::string& definition) = 0;
  virtual Result<std::optional<Execution>> find(const std::string& id) = 0;
  virtual Result<std::optional<Execution>> find_by_slug(const std::string& slug) = 0;
  /// Ids that begin with, or end in, `part` (with or without "wex-"); at most `limit`.
  virtual Result<std::vector<std::string>> matching_ids(const std::string& part, int limit) = 0;
  /// Of a workflow, or of all runs that are not the work of a node of another.
  virtual Result<std::optional<Execution>> latest(
      const std::optional<std::string>& workflow_id) = 0;
  /// The newest of every workflow that was ever run, without inputs and return value.
  virtual Result<std::map<std::string, Execution>> latest_by_workflow() = 0;
  virtual Result<ExecutionPage> list(const ExecutionFilter& filter,
                                     int limit,
                                     const std::optional<PagePosition>& after) = 0;
  /// Exact for workflow, instance and status of runs without their children, whatever it may cost.
  virtual Result<ExecutionCount> count(const ExecutionFilter& filter, Counting counting) = 0;
  /// How the runs that match went, by workflow; `keep` is not asked.
  virtual Result<StatisticsByName> statistics(const ExecutionFilter& filter) = 0;
  /// The same of their nodes, by the id of the node.
  virtual Result<StatisticsByName> node_statistics(const ExecutionFilter& filter) = 0;
  /// By their start; those that started together in the order in which they were recorded.
  virtual Result<std::vector<NodeExecution>> nodes(const std::string& execution_id) = 0;
  /// The runs that are the work of its nodes, in the order in which they were created, without
  /// inputs and return value.
  virtual Result<std::vector<Execution>> children(const std::string& execution_id) = 0;
  virtual Result<std::vector<NodeAttempt>> attempts(const std::string& execution_id) = 0;
  virtual Result<std::vector<NodeLog>> logs(const std::string& execution_id) = 0;
  /// Those of them that lie in files, because they grow or did so when their owner died.
  virtual Result<std::vector<NodeLog>> spooled_logs(const std::string& execution_id) = 0;
  virtual Result<std::vector<VariableChange>> variables(const std::string& execution_id) = 0;
  virtual Result<std::string> definition(const std::string& sha256) = 0;

  /// One state of a run: what has a number of change above `after`.
  virtual Result<ExecutionChanges> changes(const std::string& execution_id, std::int64_t after) = 0;
  /// Moves whenever somebody else has written anything; cheap enough to be asked all the time.
  virtual Result<std::int64_t> version() = 0;

  /// Loads, lets `change` change it and saves, in one transaction: name, slug, tags, labels,
  /// annotations, status, times, error, return value and audit. not_found when there is none,
  /// already_exists when another one has the slug. An Error of `change` leaves all as it is.
  virtual Result<Execution> update(const std::string& execution_id,
                                   const std::function<Result<void>(Execution&)>& change) = 0;
  /// The same together with all its nodes; those that are dropped from the list are deleted.
  virtual Result<Execution> update_with_nodes(
      const std::string& execution_id,
      const std::function<Result<void>(Execution&, std::vector<NodeExecution>&)>& change) = 0;

  /// Deletes executions with their children and all that was recorded of them, in one transaction.
  /// `may_remove` is asked inside of it about each of them; if it refuses one, all stay. not_found
  /// when one is not there.
  virtual Result<void> remove(const std::vector<std::string>& execution_ids,
                              const std::function<Result<void>(const Execution&)>& may_remove) = 0;

  /// Makes `owner` the owner of the run and raises the epoch. `may_take` is asked about the
  /// recorded owner inside the transaction: of two processes that resume at once one wins, the
  /// other gets failed_precondition. No worker will take up the run then.
  virtual Result<std::unique_ptr<RunJournal>> take_ownership(
      const std::string& execution_id,
      const Owner& owner,
      const std::function<bool(const Owner&)>& may_take) = 0;

  /// Leaves a request for the owner; failed_precondition when the run has ended.
  virtual Result<void> request_cancel(const std::string& execution_id,
                                      const CancelRequest& request) = 0;

  /// Keeps a signal for the run, after all that came before; failed_precondition when the run has
  /// ended.
  virtual Result<void> send_signal(const std::string& execution_id, const Signal& signal) = 0;
};

}  // namespace goflow::core
