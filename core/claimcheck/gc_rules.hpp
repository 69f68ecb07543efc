// When a blob may go.
#pragma once

#include "core/claimcheck/blob_record.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace goflow::core {

struct GcRules {
  std::chrono::milliseconds grace{0};  // for what nobody refers to, and what is being written
  // After the end of the last execution that refers to it; nullopt: never.
  std::optional<std::chrono::milliseconds> ttl = std::nullopt;
  bool only_unreferenced = false;
};

/// How long a collector has what it marked to itself, were it held up as well: the grace period,
/// but long enough for a removal whatever that is.
std::chrono::milliseconds lease_of_collector(const GcRules& rules);

/// What refers to a blob.
struct BlobUse {
  std::int64_t references = 0;
  // One of the executions may still go on, or the one may that waits for it: that reads its result.
  bool is_live = false;
  std::optional<Timestamp> last_end = std::nullopt;  // of the executions
};

/// Its bytes lie in a store, or are on their way there, and nobody is removing them.
bool holds_bytes(BlobState state);

/// A blob that is `deleting` may when the lease of its collector is over: that one died.
bool may_go(const BlobRecord& blob, const BlobUse& use, const GcRules& rules, Timestamp now);

}  // namespace goflow::core
