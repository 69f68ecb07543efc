#include "tests/contract/blob_index_contract.hpp"
#include "tests/contract/contract_case.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/stored_blobs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace goflow::test {
namespace {

using namespace std::chrono_literals;
using core::BlobKey;
using core::BlobOrigin;
using core::BlobState;
using core::ExecutionStatus;
using core::GcRules;
using core::MarkedBlob;
using core::Timestamp;

constexpr auto day = 24h;
const GcRules usual{.grace = 1h, .ttl = 30 * day};
const GcRules all_that_ended{.grace = 1h, .ttl = 0ms};

/// Present, and referred to by these runs.
BlobKey blob_of(BlobIndexPlace& place,
                const std::string& payload,
                const std::vector<std::string>& runs,
                Timestamp now = noon) {
  const auto key = store_blob(place.index(), a_draft(payload), now);
  REQUIRE(key.ok());
  for (const std::string& run : runs) {
    REQUIRE(place.refer({a_reference(*key, run, payload)}).ok());
  }
  return *key;
}

void end(BlobIndexPlace& place, const std::string& run, Timestamp at = noon) {
  place.record_run(run, ExecutionStatus::completed, at);
}

bool may_go(BlobIndexPlace& place, const BlobKey& key, const GcRules& rules, Timestamp now) {
  const auto survey = place.index().survey(rules, now);
  REQUIRE(survey.ok());
  const auto is_it = [&](const MarkedBlob& blob) { return blob.record.key == key; };
  return std::any_of(survey->can_go.begin(), survey->can_go.end(), is_it);
}

BlobState state_of(BlobIndexPlace& place, const BlobKey& key) {
  const auto found = place.index().find(key);
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  return (*found)->state;
}

void what_nobody_refers_to_goes_after_the_grace(BlobIndexPlace& place) {
  const BlobKey unfinished = place.index().begin_put(a_draft("unfinished"), noon)->key;
  const BlobKey unpublished = blob_of(place, "unpublished", {});
  for (const BlobKey& key : {unfinished, unpublished}) {
    CHECK_FALSE(may_go(place, key, usual, noon + 1h - 1us));
    CHECK(may_go(place, key, usual, noon + 1h));
    CHECK(may_go(place, key, {.grace = 1h, .only_unreferenced = true}, noon + 1h));
    REQUIRE(place.index().touch(key, noon + 30min).ok());
    CHECK_FALSE(may_go(place, key, usual, noon + 1h));
  }
}

void what_was_put_by_hand_goes_after_the_ttl(BlobIndexPlace& place) {
  const auto key = store_blob(place.index(), a_draft("hello", BlobOrigin::manual), noon);
  REQUIRE(key.ok());
  REQUIRE(place.index().publish(*key, noon).ok());
  CHECK_FALSE(may_go(place, *key, usual, noon + 30 * day - 1us));
  CHECK(may_go(place, *key, usual, noon + 30 * day));
  CHECK_FALSE(may_go(place, *key, {.grace = 1h}, noon + 3000 * day));
  CHECK_FALSE(may_go(place, *key, all_that_ended, noon + 30min));
  CHECK(may_go(place, *key, all_that_ended, noon + 1h));
}

void what_was_put_by_hand_outlives_the_runs_that_refer_to_it(BlobIndexPlace& place) {
  end(place, "wex-1");
  const auto key = store_blob(place.index(), a_draft("hello", BlobOrigin::manual), noon + day);
  REQUIRE(key.ok());
  REQUIRE(place.refer({a_reference(*key, "wex-1")}).ok());
  CHECK_FALSE(may_go(place, *key, usual, noon + 30 * day));
  CHECK(may_go(place, *key, usual, noon + 31 * day));
}

void what_ended_runs_refer_to_goes_after_the_ttl(BlobIndexPlace& place) {
  end(place, "wex-1", noon);
  end(place, "wex-2", noon + day);
  const BlobKey key = blob_of(place, "hello", {"wex-1", "wex-2"});
  CHECK_FALSE(may_go(place, key, usual, noon + 31 * day - 1us));
  CHECK(may_go(place, key, usual, noon + 31 * day));
  CHECK_FALSE(
      may_go(place, key, {.grace = 1h, .ttl = 0ms, .only_unreferenced = true}, noon + 31 * day));
  CHECK_FALSE(may_go(place, key, {.grace = 1h}, noon + 3000 * day));
}

void a_run_that_may_go_on_keeps_what_it_refers_to(BlobIndexPlace& place) {
  using enum ExecutionStatus;
  end(place, "wex-1");
  for (const ExecutionStatus status : {pending, running, waiting}) {
    place.record_run("wex-2", status, std::nullopt);
    const BlobKey key = blob_of(place, "hello", {"wex-1", "wex-2"});
    CHECK_FALSE(may_go(place, key, all_that_ended, noon + 3000 * day));
    CHECK(place.index().mark({key}, all_that_ended, noon + 3000 * day)->empty());
    CHECK(state_of(place, key) == BlobState::present);
  }
  for (const ExecutionStatus status : {failed, cancelled, timed_out}) {
    place.record_run("wex-2", status, noon);
    CHECK(may_go(place, blob_of(place, "hello", {}), all_that_ended, noon + 1h));
  }
}

void a_run_that_may_go_on_keeps_the_results_of_those_within_it(BlobIndexPlace& place) {
  place.record_run("wex-outer", ExecutionStatus::running, std::nullopt);
  end(place, "wex-inner");
  place.put_within("wex-inner", "wex-outer");
  const BlobKey key = blob_of(place, "hello", {"wex-inner"});
  CHECK_FALSE(may_go(place, key, all_that_ended, noon + 3000 * day));
  CHECK(place.index().mark({key}, all_that_ended, noon + 3000 * day)->empty());
  end(place, "wex-outer");
  CHECK(may_go(place, key, all_that_ended, noon + 1s));
}

void a_ttl_of_nothing_takes_what_has_just_ended(BlobIndexPlace& place) {
  end(place, "wex-1", noon);
  const BlobKey key = blob_of(place, "hello", {"wex-1"});
  CHECK(may_go(place, key, all_that_ended, noon + 2s));
}

void what_is_put_again_right_after_the_end_of_a_run_stays(BlobIndexPlace& place) {
  end(place, "wex-1", noon);
  const BlobKey key = blob_of(place, "hello", {"wex-1"});
  REQUIRE(place.index().begin_put(a_draft("hello"), noon + 1s).ok());
  CHECK_FALSE(may_go(place, key, all_that_ended, noon + 2s));
  CHECK(place.index().mark({key}, all_that_ended, noon + 2s)->empty());
  CHECK(place.refer({a_reference(key, "wex-1", "again")}).ok());
}

void what_is_being_put_again_stays(BlobIndexPlace& place) {
  end(place, "wex-1", noon);
  const BlobKey key = blob_of(place, "hello", {"wex-1"});
  REQUIRE(place.index().begin_put(a_draft("hello"), noon + 40 * day).ok());
  CHECK_FALSE(may_go(place, key, usual, noon + 40 * day + 59min));
  CHECK(may_go(place, key, usual, noon + 40 * day + 1h));
}

void a_survey_counts_what_is_in_use(BlobIndexPlace& place) {
  place.record_run("wex-1", ExecutionStatus::running, std::nullopt);
  end(place, "wex-2");
  blob_of(place, "kept", {"wex-1"});
  const BlobKey over = blob_of(place, "over", {"wex-2"});
  const BlobKey stray = blob_of(place, "stray", {});
  const auto survey = place.index().survey(usual, noon + 31 * day);
  REQUIRE(survey.ok());
  CHECK(survey->in_use == 1);
  REQUIRE(survey->can_go.size() == 2);
  for (const MarkedBlob& blob : survey->can_go) {
    CHECK(blob.is_referenced == (blob.record.key == over));
    CHECK(state_of(place, blob.record.key) ==
          (blob.record.key == over ? BlobState::present : BlobState::writing));
  }
  CHECK(state_of(place, stray) == BlobState::writing);
}

void what_is_marked_is_settled_to_nothing_or_expired(BlobIndexPlace& place) {
  end(place, "wex-1");
  const Timestamp later = noon + 31 * day;
  const BlobKey over = blob_of(place, "over", {"wex-1"});
  const BlobKey stray = blob_of(place, "stray", {});
  const auto marked = place.index().mark({over, stray, a_draft("unknown").key}, usual, later);
  REQUIRE(marked.ok());
  REQUIRE(marked->size() == 2);
  CHECK(marked->front().record.key == over);
  CHECK(marked->front().record.state == BlobState::present);
  CHECK(marked->front().is_referenced);
  CHECK_FALSE(marked->back().is_referenced);
  CHECK(state_of(place, over) == BlobState::deleting);
  CHECK(state_of(place, stray) == BlobState::deleting);
  REQUIRE(place.index().settle({over, stray}).ok());
  CHECK(state_of(place, over) == BlobState::expired);
  CHECK((*place.index().find(over))->expired_at == later);
  CHECK_FALSE(place.index().find(stray)->has_value());
  CHECK(place.index().survey(usual, later)->in_use == 0);
  CHECK(place.index().survey(usual, later)->can_go.empty());
}

void marking_looks_again(BlobIndexPlace& place) {
  const Timestamp later = noon + 2h;
  const BlobKey key = blob_of(place, "hello", {});
  REQUIRE(may_go(place, key, usual, later));
  REQUIRE(place.index().begin_put(a_draft("hello"), later).ok());
  CHECK(place.index().mark({key}, usual, later)->empty());
  CHECK(state_of(place, key) == BlobState::writing);
}

void what_a_dead_collector_marked_is_taken_after_the_grace(BlobIndexPlace& place) {
  const BlobKey key = blob_of(place, "hello", {});
  REQUIRE(place.index().mark({key}, usual, noon + 1h)->size() == 1);
  CHECK_FALSE(may_go(place, key, usual, noon + 2h - 1us));
  CHECK(may_go(place, key, usual, noon + 2h));
  const auto again = place.index().mark({key}, usual, noon + 2h);
  REQUIRE(again->size() == 1);
  CHECK(again->front().record.state == BlobState::deleting);
}

void an_expired_record_goes_with_the_last_that_refers_to_it(BlobIndexPlace& place) {
  end(place, "wex-1");
  const BlobKey key = blob_of(place, "hello", {"wex-1"});
  const Timestamp later = noon + 31 * day;
  REQUIRE(place.index().mark({key}, usual, later)->size() == 1);
  REQUIRE(place.index().settle({key}).ok());
  CHECK_FALSE(may_go(place, key, usual, later + 3000 * day));
  place.delete_run("wex-1");
  CHECK(may_go(place, key, usual, later));
  const auto marked = place.index().mark({key}, usual, later);
  REQUIRE(marked->size() == 1);
  CHECK(marked->front().record.state == BlobState::expired);
  REQUIRE(place.index().settle({key}).ok());
  CHECK_FALSE(place.index().find(key)->has_value());
}

void a_run_that_is_deleted_refers_to_nothing(BlobIndexPlace& place) {
  place.record_run("wex-1", ExecutionStatus::running, std::nullopt);
  const BlobKey key = blob_of(place, "hello", {"wex-1"});
  CHECK_FALSE(may_go(place, key, usual, noon + 2h));
  place.delete_run("wex-1");
  CHECK(place.index().references(key)->empty());
  CHECK(may_go(place, key, usual, noon + 2h));
}

void settling_touches_only_what_is_marked(BlobIndexPlace& place) {
  const BlobKey key = blob_of(place, "hello", {});
  REQUIRE(place.index().settle({key, a_draft("unknown").key}).ok());
  CHECK(state_of(place, key) == BlobState::writing);
}

void no_put_relies_on_an_object_that_nobody_recorded(BlobIndexPlace& place) {
  const BlobKey known = blob_of(place, "known", {});
  const BlobKey orphan = a_draft("orphan").key;
  CHECK(*place.index().without_record({known, orphan}) == std::vector{orphan});
  CHECK(*place.index().mark_orphans({known, orphan}, blob_store, noon) == std::vector{orphan});
  CHECK(state_of(place, known) == BlobState::writing);
  CHECK(state_of(place, orphan) == BlobState::deleting);
  CHECK((*place.index().find(orphan))->store == blob_store);
  CHECK(place.index().without_record({orphan})->empty());
  CHECK(place.index().begin_put(a_draft("orphan"), noon)->key != orphan);
  CHECK_FALSE(may_go(place, orphan, usual, noon + 59min));
  CHECK(may_go(place, orphan, usual, noon + 1h));
  REQUIRE(place.index().settle({orphan}).ok());
  CHECK_FALSE(place.index().find(orphan)->has_value());
}

void one_blob_is_marked_if_nobody_refers_to_it_or_by_force(BlobIndexPlace& place) {
  place.record_run("wex-1", ExecutionStatus::running, std::nullopt);
  const BlobKey used = blob_of(place, "used", {"wex-1"});
  const BlobKey stray = blob_of(place, "stray", {});
  CHECK_FALSE(place.index().mark_one(used, /*force=*/false, noon)->has_value());
  CHECK_FALSE(place.index().mark_one(a_draft("unknown").key, /*force=*/true, noon)->has_value());
  CHECK(state_of(place, used) == BlobState::present);
  const auto marked = place.index().mark_one(stray, /*force=*/false, noon);
  REQUIRE(marked.ok());
  REQUIRE(marked->has_value());
  CHECK_FALSE((*marked)->is_referenced);
  const auto forced = place.index().mark_one(used, /*force=*/true, noon);
  REQUIRE(forced->has_value());
  CHECK((*forced)->is_referenced);
  REQUIRE(place.index().settle({used, stray}).ok());
  CHECK(state_of(place, used) == BlobState::expired);
  CHECK_FALSE(place.index().find(stray)->has_value());
}

}  // namespace

void blob_collection_contract(const std::function<std::unique_ptr<BlobIndexPlace>()>& make) {
  GOFLOW_CONTRACT_CASE(what_nobody_refers_to_goes_after_the_grace)
  GOFLOW_CONTRACT_CASE(what_was_put_by_hand_goes_after_the_ttl)
  GOFLOW_CONTRACT_CASE(what_was_put_by_hand_outlives_the_runs_that_refer_to_it)
  GOFLOW_CONTRACT_CASE(what_ended_runs_refer_to_goes_after_the_ttl)
  GOFLOW_CONTRACT_CASE(a_run_that_may_go_on_keeps_what_it_refers_to)
  GOFLOW_CONTRACT_CASE(a_run_that_may_go_on_keeps_the_results_of_those_within_it)
  GOFLOW_CONTRACT_CASE(a_ttl_of_nothing_takes_what_has_just_ended)
  GOFLOW_CONTRACT_CASE(what_is_put_again_right_after_the_end_of_a_run_stays)
  GOFLOW_CONTRACT_CASE(what_is_being_put_again_stays)
  GOFLOW_CONTRACT_CASE(a_survey_counts_what_is_in_use)
  GOFLOW_CONTRACT_CASE(what_is_marked_is_settled_to_nothing_or_expired)
  GOFLOW_CONTRACT_CASE(marking_looks_again)
  GOFLOW_CONTRACT_CASE(what_a_dead_collector_marked_is_taken_after_the_grace)
  GOFLOW_CONTRACT_CASE(an_expired_record_goes_with_the_last_that_refers_to_it)
  GOFLOW_CONTRACT_CASE(a_run_that_is_deleted_refers_to_nothing)
  GOFLOW_CONTRACT_CASE(settling_touches_only_what_is_marked)
  GOFLOW_CONTRACT_CASE(no_put_relies_on_an_object_that_nobody_recorded)
  GOFLOW_CONTRACT_CASE(one_blob_is_marked_if_nobody_refers_to_it_or_by_force)
}

}  // namespace goflow::test
