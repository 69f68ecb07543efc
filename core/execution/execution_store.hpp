// The history: every run, every node, every change; and the pen with which a run is written down.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"

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

struct ExecutionFilter {
  std::optional<std::string> workflow_id = std::nullopt;
  std::vector<ExecutionStatus> statuses = {};  // empty: all
  std::optional<Timestamp> since = std::nullopt;
  std::optional<Timestamp> until = std::nullopt;
  bool with_children = false;  // those that are the work of a node of another run, too
  // Runs marked as going on are kept only if this says so (used for "interrupted").
  std::function<bool(const Execution&)> keep = {};
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

  /// Execution and definition in one transaction. already_exists when the id is taken.
  virtual Result<void> create(const Execution& execution, const std::string& definition) = 0;
  virtual Result<std::optional<Execution>> find(const std::string& id) = 0;
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
  /// By their start; those that started together in the order in which they were recorded.
  virtual Result<std::vector<NodeExecution>> nodes(const std::string& execution_id) = 0;
  /// The runs that are the work of its nodes, in the order in which they were created, without
  /// inputs and return value.
  virtual Result<std::vector<Execution>> children(const std::string& execution_id) = 0;
  virtual Result<std::vector<NodeAttempt>> attempts(const std::string& execution_id) = 0;
  virtual Result<std::vector<NodeLog>> logs(const std::string& execution_id) = 0;
  virtual Result<std::vector<VariableChange>> variables(const std::string& execution_id) = 0;
  virtual Result<std::string> definition(const std::string& sha256) = 0;

  /// Makes `owner` the owner of the run and raises the epoch. `may_take` is asked about the
  /// recorded owner inside the transaction: of two processes that resume at once one wins, the
  /// other gets failed_precondition.
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
