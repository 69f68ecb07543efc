// The history in memory, with the same rules as the one on disk.
#pragma once

#include "core/execution/execution_store.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace goflow::test {

/// What is remembered of one run. Rows are kept in the order in which they came.
struct RememberedRun {
  core::Execution execution;
  std::int64_t epoch = 0;
  std::int64_t place = 0;  // in the order in which they were created
  std::vector<core::NodeExecution> nodes;
  std::vector<core::NodeAttempt> attempts;
  std::vector<core::NodeLog> logs;
  std::vector<core::VariableChange> variables;
  std::vector<core::Signal> signals;  // those that no node has taken, in order of arrival
  std::map<std::string, core::Signal> taken_signals;  // by the path of the node
};

/// For one thread. Journals may outlive the store.
class MemoryExecutionStore final : public core::ExecutionStore {
 public:
  core::Result<void> create(const core::Execution& execution,
                            const std::string& definition) override;
  core::Result<std::optional<core::Execution>> find(const std::string& id) override;
  core::Result<std::optional<core::Execution>> find_by_slug(const std::string& slug) override;
  core::Result<std::vector<std::string>> matching_ids(const std::string& part, int limit) override;
  core::Result<std::map<std::string, core::Execution>> latest_by_workflow() override;
  core::Result<std::optional<core::Execution>> latest(
      const std::optional<std::string>& workflow_id) override;
  core::Result<core::ExecutionPage> list(const core::ExecutionFilter& filter,
                                         int limit,
                                         const std::optional<core::PagePosition>& after) override;
  core::Result<core::ExecutionCount> count(const core::ExecutionFilter& filter,
                                           core::Counting counting) override;
  core::Result<core::StatisticsByName> statistics(const core::ExecutionFilter& filter) override;
  core::Result<core::StatisticsByName> node_statistics(
      const core::ExecutionFilter& filter) override;
  core::Result<std::vector<core::NodeExecution>> nodes(const std::string& execution_id) override;
  core::Result<std::vector<core::Execution>> children(const std::string& execution_id) override;
  core::Result<std::vector<core::NodeAttempt>> attempts(const std::string& execution_id) override;
  core::Result<std::vector<core::NodeLog>> logs(const std::string& execution_id) override;
  core::Result<std::vector<core::NodeLog>> spooled_logs(const std::string& execution_id) override;
  core::Result<std::vector<core::VariableChange>> variables(
      const std::string& execution_id) override;
  core::Result<std::string> definition(const std::string& sha256) override;
  core::Result<core::ExecutionChanges> changes(const std::string& execution_id,
                                               std::int64_t after) override;
  core::Result<std::int64_t> version() override;
  core::Result<core::Execution> update(
      const std::string& execution_id,
      const std::function<core::Result<void>(core::Execution&)>& change) override;
  core::Result<core::Execution> update_with_nodes(
      const std::string& execution_id,
      const std::function<core::Result<void>(core::Execution&, std::vector<core::NodeExecution>&)>&
          change) override;
  core::Result<void> remove(
      const std::vector<std::string>& execution_ids,
      const std::function<core::Result<void>(const core::Execution&)>& may_remove) override;
  core::Result<std::unique_ptr<core::RunJournal>> take_ownership(
      const std::string& execution_id,
      const core::Owner& owner,
      const std::function<bool(const core::Owner&)>& may_take) override;
  core::Result<void> request_cancel(const std::string& execution_id,
                                    const core::CancelRequest& request) override;
  core::Result<void> send_signal(const std::string& execution_id,
                                 const core::Signal& signal) override;

  /// In the order in which they were created.
  [[nodiscard]] std::vector<std::shared_ptr<RememberedRun>> runs_by_place() const;
  /// Whoever owned it before.
  static std::unique_ptr<core::RunJournal> own(const std::shared_ptr<RememberedRun>& run,
                                               const core::Owner& owner);

 private:
  core::Result<void> check_slug(const core::Execution& execution) const;
  std::vector<std::string> with_descendants(const std::vector<std::string>& ids) const;

  std::map<std::string, std::shared_ptr<RememberedRun>> runs_;  // by id
  std::map<std::string, std::string> definitions_;              // by SHA-256
};

}  // namespace goflow::test
