// The small text that stands in a record for a value that is kept in a blob store.
#pragma once

#include "core/base/clock.hpp"
#include "core/claimcheck/blob_record.hpp"
#include "core/value/value.hpp"

#include <cstdint>
#include <optional>

namespace goflow::core {

struct Claim {
  BlobKey key;
  std::uint64_t size_bytes = 0;  // of the payload
  bool compressed = false;
  Timestamp stored_at;  // to the second

  friend bool operator==(const Claim&, const Claim&) = default;
};

Claim claim_of(const BlobRecord& record);

/// As it is recorded: its members in their order.
Value to_value(const Claim& claim);

/// nullopt: it has not the shape of a claim. That it has makes it none: who asks must know from
/// elsewhere that a claim stands there.
std::optional<Claim> read_claim(const Value& value);

}  // namespace goflow::core
