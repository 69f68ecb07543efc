#include "core/claimcheck/gc_rules.hpp"

#include "tests/support/history_rows.hpp"
#include "tests/support/stored_blobs.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace std::chrono_literals;
using core::BlobState;
using core::BlobUse;
using core::GcRules;
using test::noon;

namespace {

core::BlobRecord a_blob(BlobState state) {
  return {.key = test::a_draft("hello").key,
          .sha256 = {},
          .store = test::blob_store,
          .state = state,
          .stored_at = noon,
          .touched_at = noon};
}

const GcRules everything{.grace = 0ms, .ttl = 0ms};
const BlobUse by_nobody;
const BlobUse by_the_living{.references = 2, .is_live = true, .last_end = noon};
const BlobUse by_the_ended{.references = 1, .last_end = noon};

}  // namespace

TEST_CASE("what a run may still need stays in whatever state its bytes are") {
  for (const BlobState state : {BlobState::writing, BlobState::present, BlobState::corrupt}) {
    CHECK_FALSE(may_go(a_blob(state), by_the_living, everything, noon + 24h));
    CHECK(may_go(a_blob(state), by_the_ended, everything, noon + 24h));
    CHECK(may_go(a_blob(state), by_nobody, everything, noon + 24h));
  }
}

TEST_CASE("what expired stays on record for as long as anything names it") {
  const core::BlobRecord expired = a_blob(BlobState::expired);
  CHECK_FALSE(may_go(expired, by_the_ended, everything, noon + 24h));
  CHECK_FALSE(may_go(expired, by_the_living, everything, noon + 24h));
  CHECK(may_go(expired, by_nobody, {.grace = 48h}, noon));
}

TEST_CASE("what is marked goes on its way whoever refers to it, after the grace") {
  for (const BlobUse& use : {by_nobody, by_the_ended, by_the_living}) {
    CHECK(may_go(a_blob(BlobState::deleting), use, {.grace = 1h}, noon + 1h));
    CHECK_FALSE(may_go(a_blob(BlobState::deleting), use, {.grace = 1h}, noon + 59min));
  }
}

TEST_CASE("a collector has time for a removal however short the grace is") {
  const GcRules hasty{.grace = 3s};
  CHECK_FALSE(may_go(a_blob(BlobState::deleting), by_nobody, hasty, noon + 119s));
  CHECK(may_go(a_blob(BlobState::deleting), by_nobody, hasty, noon + 120s));
}

TEST_CASE("only what is expired or on its way out holds no bytes") {
  CHECK(holds_bytes(BlobState::writing));
  CHECK(holds_bytes(BlobState::present));
  CHECK(holds_bytes(BlobState::corrupt));
  CHECK_FALSE(holds_bytes(BlobState::deleting));
  CHECK_FALSE(holds_bytes(BlobState::expired));
}
