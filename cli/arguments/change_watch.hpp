// Sees every change of an execution from its present state on, none twice and none left out.
#pragma once

#include "cli/io/output.hpp"
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace goflow::cli {

/// 1. Each look reads what has a number of change above the last one seen, as one state.
/// 2. Between two looks it asks the store, which is cheap, whether anybody has written at all.
/// 3. A log may grow without a number: as long as a node runs, its logs are part of every look.
class ChangeWatch {
 public:
  /// For whoever reads `out`.
  ChangeWatch(core::ExecutionStore& store,
              std::string execution_id,
              const core::Clock& clock,
              const Output& out)
      : store_(store), execution_id_(std::move(execution_id)), clock_(clock), out_(out) {}

  /// The present state, whole. not_found: it was deleted in this very moment.
  core::Result<core::ExecutionChanges> first();
  /// Waits for the next change; nullopt when the time is over, when nobody reads any more, or when
  /// it has gone for good: ended, interrupted or deleted.
  core::Result<std::optional<core::ExecutionChanges>> next(
      std::optional<std::chrono::steady_clock::time_point> until);

  /// What to say of it when next() has none, though it had not ended and somebody still reads.
  [[nodiscard]] core::Error deleted() const;

  /// Nothing more will come.
  [[nodiscard]] bool has_ended() const { return has_ended_; }
  /// As of the last look: whoever ran it is gone, and had not brought it to its end.
  [[nodiscard]] bool is_interrupted() const { return is_interrupted_; }

 private:
  core::Result<core::ExecutionChanges> look();

  core::ExecutionStore& store_;
  std::string execution_id_;
  const core::Clock& clock_;
  const Output& out_;
  std::int64_t seen_ = -1;
  std::int64_t version_ = 0;
  bool has_ended_ = false;
  bool is_interrupted_ = false;
};

}  // namespace goflow::cli
