#include "core/claimcheck/gc_rules.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

using namespace std::chrono_literals;

/// Somebody found a blob of ended runs present, and is about to refer to it. All that a run has put
/// itself was touched before its end.
bool may_be_wanted_again(const BlobRecord& blob, Timestamp last_end, Timestamp fresh_after) {
  return blob.touched_at > fresh_after && blob.touched_at > last_end;
}

}  // namespace

std::chrono::milliseconds lease_of_collector(const GcRules& rules) {
  return std::max<std::chrono::milliseconds>(rules.grace, 2min);
}

bool holds_bytes(BlobState state) {
  return state != BlobState::deleting && state != BlobState::expired;
}

bool may_go(const BlobRecord& blob, const BlobUse& use, const GcRules& rules, Timestamp now) {
  const Timestamp fresh_after = now - rules.grace;
  const bool is_fresh = blob.touched_at > fresh_after;
  if (blob.state == BlobState::deleting) return blob.touched_at <= now - lease_of_collector(rules);
  // Its bytes are gone already.
  if (blob.state == BlobState::expired) return use.references == 0;
  if (blob.origin == BlobOrigin::manual) {
    if (!rules.ttl || blob.touched_at > now - *rules.ttl) return false;
  }
  if (use.references == 0) return !is_fresh;
  if (rules.only_unreferenced || use.is_live || !rules.ttl || !use.last_end) return false;
  if (*use.last_end > now - *rules.ttl) return false;
  return !may_be_wanted_again(blob, *use.last_end, fresh_after);
}

}  // namespace goflow::core
