// Where a log that did not fit into memory stays once it is complete.
#pragma once

#include "core/claimcheck/growing_payload.hpp"
#include "core/claimcheck/large_values.hpp"
#include "core/execution/execution.hpp"
#include "engine/local/spool_file.hpp"
#include "engine/loop/captured_log.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

namespace goflow::engine {

struct SettledLog {
  std::string content = {};  // all of it; of one that can stay nowhere, its beginning and its end
  std::optional<core::Claim> claim = std::nullopt;            // instead of the content
  std::optional<std::string> loss = std::nullopt;             // why it is not whole
  std::optional<std::uint64_t> first_invalid = std::nullopt;  // where it is not UTF-8
};

/// Into the blob store, as far as it was written. On whichever thread.
core::Result<core::Claim> put_away(core::GrowingPayload& log,
                                   std::uint64_t size,
                                   core::ClaimCheck& claim_check,
                                   const std::string& execution_id,
                                   const std::atomic<bool>& stop);

/// Its beginning and its end.
CapturedLog excerpt_of(const SpoolFile& log);

/// Into the history, which does not take every size. `cause`: why it cannot be put away, if that
/// was tried.
SettledLog kept_in_history(const SpoolFile& log, const std::optional<core::Error>& cause);

/// What an earlier owner of the run has left in a file, all at once.
core::NodeLog settled(core::NodeLog log,
                      const SpoolFile& file,
                      core::LargeValues& large_values,
                      const std::string& execution_id);

}  // namespace goflow::engine
