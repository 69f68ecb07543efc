// The text of logs that have left the history, or not come into it yet.
#pragma once

#include "core/execution/execution_store.hpp"
#include "core/execution/log_lines.hpp"

#include <string>

namespace goflow::cli {

class Context;

/// Of one execution. What lies in the blob store is checked before the first byte of it is seen.
class KeptLogs final : public core::LogTexts {
 public:
  /// All that is given outlives it.
  KeptLogs(Context& context, core::ExecutionStore& store, std::string execution_id)
      : context_(context), store_(store), execution_id_(std::move(execution_id)) {}

  core::Result<core::ByteStream> open(const core::NodeLog& log, std::uint64_t from) override;

 private:
  core::Result<core::ByteStream> open_spooled(const core::NodeLog& log, std::uint64_t from);
  core::Result<core::ByteStream> open_claimed(const core::NodeLog& log, std::uint64_t from);

  Context& context_;
  core::ExecutionStore& store_;
  std::string execution_id_;
};

}  // namespace goflow::cli
