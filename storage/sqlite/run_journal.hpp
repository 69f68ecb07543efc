// The pen with which the owner of a run writes it down.
#pragma once

#include "core/claimcheck/claimed_value.hpp"
#include "core/execution/execution_store.hpp"
#include "storage/sqlite/database.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace goflow::storage {

class SqliteRunJournal final : public core::RunJournal {
 public:
  /// Of the owner that was given `epoch`.
  SqliteRunJournal(std::shared_ptr<Database> database,
                   std::string execution_id,
                   std::int64_t epoch,
                   core::ClaimReader& claims)
      : database_(std::move(database)),
        execution_id_(std::move(execution_id)),
        epoch_(epoch),
        claims_(claims) {}

  core::Result<void> commit(core::JournalBatch& batch) override;
  core::Result<std::optional<core::CancelRequest>> heartbeat(core::Timestamp now) override;
  core::Result<std::optional<core::Signal>> take_signal(const std::string& path,
                                                        const std::string& name,
                                                        const std::optional<core::Timestamp>& until,
                                                        core::Timestamp now) override;
  core::Result<void> release() override;

 private:
  core::Result<std::int64_t> reserve_changes(const core::JournalBatch& batch);
  core::Result<void> write(core::JournalBatch& batch);
  core::Result<void> write_attempt(const core::NodeAttempt& attempt);
  core::Result<void> write_log(const core::NodeLog& log);
  core::Result<void> write_variable(const core::VariableChange& change);
  core::Result<void> write_execution(const core::Execution& execution);
  [[nodiscard]] bool is_ours();
  [[nodiscard]] core::Error taken_over() const;
  [[nodiscard]] core::Error no_node(const std::string& path) const;

  std::shared_ptr<Database> database_;
  std::string execution_id_;
  std::int64_t epoch_;
  core::ClaimReader& claims_;
  // As of the last transaction, be it that it was undone: a guess, which costs little when wrong.
  std::optional<std::int64_t> latest_change_;
};

}  // namespace goflow::storage
