#include "tests/contract/blob_index_contract.hpp"

#include "tests/contract/contract_case.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/stored_blobs.hpp"

#include <doctest/doctest.h>

#include <set>
#include <thread>

namespace goflow::test {
namespace {

using namespace std::chrono_literals;
using core::BlobDraft;
using core::BlobIndex;
using core::BlobKey;
using core::BlobOrigin;
using core::BlobRecord;
using core::BlobReference;
using core::BlobState;
using core::Codec;
using core::ErrorCode;
using core::ExecutionStatus;
using core::Timestamp;

BlobRecord begin(BlobIndexPlace& place, const BlobDraft& draft, Timestamp now = noon) {
  const auto record = place.index().begin_put(draft, now);
  REQUIRE(record.ok());
  return *record;
}

BlobRecord record_of(BlobIndexPlace& place, const BlobKey& key) {
  const auto found = place.index().find(key);
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  return **found;
}

BlobKey stored(BlobIndexPlace& place, const BlobDraft& draft, Timestamp now = noon) {
  const auto key = store_blob(place.index(), draft, now);
  REQUIRE(key.ok());
  return *key;
}

BlobKey present(BlobIndexPlace& place, const BlobDraft& draft, Timestamp now = noon) {
  const BlobKey key = stored(place, draft, now);
  REQUIRE(place.index().publish(key, now).ok());
  return key;
}

void start(BlobIndexPlace& place, const std::string& run) {
  place.record_run(run, ExecutionStatus::running, std::nullopt);
}

/// Somebody has forced it out while a run referred to it.
void expire(BlobIndexPlace& place, const BlobKey& key, Timestamp now) {
  REQUIRE(place.index().mark_one(key, /*force=*/true, now)->has_value());
  REQUIRE(place.index().settle({key}).ok());
  REQUIRE(record_of(place, key).state == BlobState::expired);
}

void a_new_blob_is_writing_under_the_key_of_its_content(BlobIndexPlace& place) {
  const BlobDraft draft = a_draft("hello");
  const BlobRecord begun = begin(place, draft);
  const BlobRecord found = record_of(place, draft.key);
  for (const BlobRecord& record : {begun, found}) {
    CHECK(record.key == draft.key);
    CHECK(record.sha256 == draft.sha256);
    CHECK(record.size_bytes == 5);
    CHECK_FALSE(record.stored_bytes.has_value());
    CHECK(record.codec == Codec::none);
    CHECK(record.store == blob_store);
    CHECK(record.state == BlobState::writing);
    CHECK(record.origin == BlobOrigin::run);
    CHECK(record.stored_at == noon);
    CHECK(record.touched_at == noon);
    CHECK_FALSE(record.expired_at.has_value());
  }
}

void a_blob_becomes_present_with_the_first_that_refers_to_it(BlobIndexPlace& place) {
  start(place, "wex-1");
  const BlobKey key = begin(place, a_draft("hello")).key;
  REQUIRE(place.index().note_stored(key, 3, Codec::gzip, noon + 1s).ok());
  CHECK(record_of(place, key).state == BlobState::writing);
  REQUIRE(place.refer({a_reference(key, "wex-1")}).ok());
  const BlobRecord record = record_of(place, key);
  CHECK(record.state == BlobState::present);
  CHECK(record.stored_bytes == 3);
  CHECK(record.codec == Codec::gzip);
  CHECK(record.touched_at == noon + 1s);
  const auto references = place.index().references(key);
  REQUIRE(references.ok());
  REQUIRE(references->size() == 1);
  CHECK(references->front().execution_id == "wex-1");
  CHECK(references->front().slot == a_reference(key, "wex-1").slot);
  CHECK(references->front().encoding == core::Encoding::json);
}

void nothing_refers_to_what_is_not_stored(BlobIndexPlace& place) {
  start(place, "wex-1");
  const BlobKey good = stored(place, a_draft("good"));
  const BlobKey unfinished = begin(place, a_draft("unfinished")).key;
  for (const BlobKey& bad : {unfinished, a_draft("unknown").key}) {
    const auto refused =
        place.refer({a_reference(good, "wex-1", "a"), a_reference(bad, "wex-1", "b")});
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::not_found);
  }
  CHECK(place.index().references(good)->empty());
  CHECK(record_of(place, good).state == BlobState::writing);
}

void a_claim_is_copied_only_while_the_blob_is_present(BlobIndexPlace& place) {
  start(place, "wex-1");
  start(place, "wex-2");
  const BlobKey key = stored(place, a_draft("hello"));
  REQUIRE(place.refer({a_reference(key, "wex-1")}).ok());
  REQUIRE(place.refer({a_reference(key, "wex-2")}).ok());
  CHECK(place.index().references(key)->size() == 2);
  expire(place, key, noon);
  start(place, "wex-3");
  CHECK_FALSE(place.refer({a_reference(key, "wex-3")}).ok());
  CHECK(place.index().references(key)->size() == 2);
}

void a_slot_refers_to_one_blob(BlobIndexPlace& place) {
  start(place, "wex-1");
  const BlobKey first = stored(place, a_draft("first"));
  const BlobKey second = stored(place, a_draft("second"));
  REQUIRE(place.refer({a_reference(first, "wex-1")}).ok());
  REQUIRE(place.refer({a_reference(second, "wex-1")}).ok());
  CHECK(place.index().references(first)->empty());
  CHECK(place.index().references(second)->size() == 1);
}

void what_is_present_is_touched_and_given_back(BlobIndexPlace& place) {
  const BlobKey key = present(place, a_draft("hello"));
  BlobDraft elsewhere = a_draft("hello");
  elsewhere.store = "s3:https://example.com/bucket/";
  const BlobRecord again = begin(place, elsewhere, noon + 1h);
  CHECK(again.key == key);
  CHECK(again.state == BlobState::present);
  CHECK(again.store == blob_store);
  CHECK(again.stored_bytes == 5);
  CHECK(again.stored_at == noon);
  CHECK(again.touched_at == noon + 1h);
  CHECK(record_of(place, key).touched_at == noon + 1h);
}

void what_is_put_by_hand_stays_manual(BlobIndexPlace& place) {
  const BlobKey key = present(place, a_draft("hello"));
  CHECK(begin(place, a_draft("hello", BlobOrigin::manual)).origin == BlobOrigin::manual);
  CHECK(begin(place, a_draft("hello")).origin == BlobOrigin::manual);
  CHECK(record_of(place, key).origin == BlobOrigin::manual);
}

void two_puts_of_the_same_bytes_share_a_record(BlobIndexPlace& place) {
  const BlobKey key = begin(place, a_draft("hello")).key;
  CHECK(begin(place, a_draft("hello"), noon + 1s).key == key);
  REQUIRE(place.index().note_stored(key, 5, Codec::none, noon).ok());
  const BlobRecord third = begin(place, a_draft("hello"), noon + 2s);
  CHECK(third.key == key);
  CHECK(third.state == BlobState::writing);
  CHECK(third.stored_bytes == 5);
  CHECK(third.stored_at == noon);
  CHECK(third.touched_at == noon + 2s);
}

void a_put_into_another_store_has_its_own_key(BlobIndexPlace& place) {
  const BlobKey key = begin(place, a_draft("hello")).key;
  BlobDraft elsewhere = a_draft("hello");
  elsewhere.store = "s3:https://example.com/bucket/";
  const BlobRecord other = begin(place, elsewhere);
  CHECK(other.key != key);
  CHECK_FALSE(other.key.is_of_content());
  CHECK(other.store == elsewhere.store);
  CHECK(other.sha256 == elsewhere.sha256);
}

void a_key_of_another_content_is_left_alone(BlobIndexPlace& place) {
  const BlobKey key = present(place, a_draft("hello"));
  BlobDraft collision = a_draft("other");
  collision.key = key;
  const BlobRecord record = begin(place, collision);
  CHECK(record.key != key);
  CHECK_FALSE(record.key.is_of_content());
  CHECK(record.sha256 == collision.sha256);
  CHECK(record_of(place, key).sha256 == a_draft("hello").sha256);
}

void a_blob_that_is_being_deleted_is_not_trusted(BlobIndexPlace& place) {
  const BlobKey key = present(place, a_draft("hello"));
  REQUIRE(place.index().mark_one(key, /*force=*/false, noon)->has_value());
  const BlobRecord record = begin(place, a_draft("hello"));
  CHECK(record.key != key);
  CHECK_FALSE(record.key.is_of_content());
  CHECK(record.state == BlobState::writing);
  CHECK(begin(place, a_draft("hello")).key == record.key);
}

void a_put_that_was_deleted_meanwhile_is_told(BlobIndexPlace& place) {
  start(place, "wex-1");
  const BlobKey key = stored(place, a_draft("hello"));
  REQUIRE(place.index().mark_one(key, /*force=*/false, noon)->has_value());
  for (int step = 0; step < 2; ++step) {
    CHECK(place.index().touch(key, noon).error().code == ErrorCode::not_found);
    CHECK(place.index().publish(key, noon).error().code == ErrorCode::not_found);
    CHECK(place.index().note_stored(key, 5, Codec::none, noon).error().code ==
          ErrorCode::not_found);
    CHECK(place.refer({a_reference(key, "wex-1")}).error().code == ErrorCode::not_found);
    REQUIRE(place.index().settle({key}).ok());
  }
  CHECK_FALSE(place.index().find(key)->has_value());
}

void nothing_is_published_that_is_not_stored(BlobIndexPlace& place) {
  const BlobKey key = begin(place, a_draft("hello")).key;
  CHECK(place.index().publish(key, noon).error().code == ErrorCode::not_found);
  CHECK(record_of(place, key).state == BlobState::writing);
}

void putting_again_heals_what_expired(BlobIndexPlace& place) {
  start(place, "wex-1");
  const BlobKey key = stored(place, a_draft("hello"));
  REQUIRE(place.refer({a_reference(key, "wex-1")}).ok());
  expire(place, key, noon + 1h);
  CHECK(record_of(place, key).expired_at == noon + 1h);
  BlobDraft elsewhere = a_draft("hello");
  elsewhere.store = "s3:https://example.com/bucket/";
  const BlobRecord again = begin(place, elsewhere, noon + 2h);
  CHECK(again.key == key);
  CHECK(again.state == BlobState::writing);
  CHECK(again.store == elsewhere.store);
  CHECK(again.stored_at == noon + 2h);
  CHECK_FALSE(again.stored_bytes.has_value());
  CHECK(again.expired_at == noon + 1h);
  REQUIRE(place.index().note_stored(key, 5, Codec::none, noon + 2h).ok());
  REQUIRE(place.refer({a_reference(key, "wex-1", "y")}).ok());
  CHECK(record_of(place, key).state == BlobState::present);
  CHECK_FALSE(record_of(place, key).expired_at.has_value());
  CHECK(place.index().references(key)->size() == 2);
}

void putting_again_heals_every_record_of_the_payload(BlobIndexPlace& place) {
  start(place, "wex-1");
  const BlobKey first = stored(place, a_draft("hello"));
  REQUIRE(place.refer({a_reference(first, "wex-1")}).ok());
  REQUIRE(place.index().mark_one(first, /*force=*/true, noon)->has_value());
  const BlobKey second = stored(place, a_draft("hello"));
  REQUIRE(second != first);
  REQUIRE(place.refer({a_reference(second, "wex-1", "y")}).ok());
  REQUIRE(place.index().settle({first}).ok());
  expire(place, second, noon + 1h);

  const BlobKey one = stored(place, a_draft("hello"), noon + 2h);
  REQUIRE(place.index().publish(one, noon + 2h).ok());
  const auto lost = place.index().begin_healing(a_draft("hello"), one, noon + 2h);
  REQUIRE(lost->size() == 1);
  const BlobKey other = lost->front().key;
  CHECK(std::set{one, other} == std::set{first, second});
  CHECK(lost->front().state == BlobState::writing);
  CHECK_FALSE(lost->front().stored_bytes.has_value());
  // Cut off here, it is taken up by the next put.
  CHECK(place.index().begin_healing(a_draft("hello"), one, noon + 2h)->size() == 1);
  REQUIRE(place.index().note_stored(other, 5, Codec::none, noon + 2h).ok());
  REQUIRE(place.index().publish(other, noon + 2h).ok());
  CHECK(record_of(place, other).state == BlobState::present);
  CHECK(place.index().begin_healing(a_draft("hello"), one, noon + 2h)->empty());
}

void nothing_is_healed_that_nothing_refers_to(BlobIndexPlace& place) {
  const BlobKey lost = present(place, a_draft("hello"));
  REQUIRE(place.index().mark_corrupt(lost).ok());
  CHECK(place.index().begin_healing(a_draft("hello"), BlobKey::random(), noon)->empty());
  CHECK(record_of(place, lost).state == BlobState::corrupt);
}

void putting_again_heals_what_is_corrupt(BlobIndexPlace& place) {
  const BlobKey key = present(place, a_draft("hello"));
  REQUIRE(place.index().mark_corrupt(key).ok());
  CHECK(record_of(place, key).state == BlobState::corrupt);
  const BlobRecord again = begin(place, a_draft("hello"));
  CHECK(again.key == key);
  CHECK(again.state == BlobState::writing);
  CHECK_FALSE(again.stored_bytes.has_value());
  REQUIRE(place.index().mark_corrupt(key).ok());
  CHECK(record_of(place, key).state == BlobState::writing);
  CHECK(present(place, a_draft("hello")) == key);
}

void a_run_passes_on_what_has_expired_and_no_other_does(BlobIndexPlace& place) {
  start(place, "wex-1");
  start(place, "wex-2");
  const BlobKey key = present(place, a_draft("hello"));
  REQUIRE(place.refer({a_reference(key, "wex-1", "x")}).ok());
  expire(place, key, noon);
  CHECK(place.refer({a_reference(key, "wex-1", "y")}).ok());
  CHECK(record_of(place, key).state == BlobState::expired);
  CHECK(place.index().references(key)->size() == 2);
  CHECK(place.refer({a_reference(key, "wex-2", "x")}).error().code == ErrorCode::not_found);
}

void what_is_corrupt_is_passed_on(BlobIndexPlace& place) {
  start(place, "wex-1");
  const BlobKey key = present(place, a_draft("hello"));
  REQUIRE(place.index().mark_corrupt(key).ok());
  CHECK(place.refer({a_reference(key, "wex-1", "x")}).ok());
  CHECK(record_of(place, key).state == BlobState::corrupt);
  CHECK(place.index().references(key)->size() == 1);
}

void keys_are_found_by_their_beginning_and_ending(BlobIndexPlace& place) {
  const BlobKey key = begin(place, a_draft("hello")).key;
  begin(place, a_draft("other"));
  const auto matching = [&](const std::string& part, int limit = 10) {
    const auto keys = place.index().matching_keys(part, limit);
    REQUIRE(keys.ok());
    return *keys;
  };
  CHECK(matching(key.text().substr(0, 6)) == std::vector{key.text()});
  CHECK(matching(key.text().substr(30)) == std::vector{key.text()});
  CHECK(matching(key.text()) == std::vector{key.text()});
  CHECK(matching("").empty());
  CHECK(matching("%").empty());
  CHECK(matching("zz").empty());
  for (int i = 0; i < 40; ++i) {
    begin(place, a_draft(std::to_string(i)));
  }
  CHECK(matching("a", 1).size() == 1);
}

void lists_the_newest_first(BlobIndexPlace& place) {
  start(place, "wex-1");
  const BlobKey old = stored(place, a_draft("old"), noon);
  const BlobKey fresh = present(place, a_draft("fresh"), noon + 1h);
  REQUIRE(place.refer({a_reference(old, "wex-1", "a"), a_reference(old, "wex-1", "b")}).ok());
  const auto keys = [&](const core::BlobFilter& filter) {
    const auto listed = place.index().list(filter);
    REQUIRE(listed.ok());
    std::vector<BlobKey> found;
    for (const core::ListedBlob& blob : *listed) {
      found.push_back(blob.record.key);
      CHECK(blob.references == (blob.record.key == old ? 2 : 0));
    }
    return found;
  };
  CHECK(keys({}) == std::vector{fresh, old});
  CHECK(keys({.limit = 1}) == std::vector{fresh});
  CHECK(keys({.execution_id = "wex-1"}) == std::vector{old});
  CHECK(keys({.only_unreferenced = true}) == std::vector{fresh});
  CHECK(keys({.state = BlobState::present}) == std::vector{fresh, old});
  CHECK(keys({.state = BlobState::corrupt}).empty());
  CHECK(keys({.execution_id = "wex-2"}).empty());
}

void counts_what_is_present(BlobIndexPlace& place) {
  CHECK(place.index().totals()->blobs == 0);
  CHECK(place.index().totals()->stored_bytes == 0);
  present(place, a_draft("hello"));
  stored(place, a_draft("unpublished"));
  CHECK(place.index().totals()->blobs == 1);
  CHECK(place.index().totals()->stored_bytes == 5);
}

void only_what_is_present_has_to_lie_in_its_store(BlobIndexPlace& place) {
  stored(place, a_draft("hello"));
  CHECK_FALSE(*place.index().expects_objects(blob_store));
  present(place, a_draft("hello"));
  CHECK(*place.index().expects_objects(blob_store));
  CHECK_FALSE(*place.index().expects_objects("filesystem:/elsewhere"));
}

void threads_may_put_at_once(BlobIndexPlace& place) {
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&place, i] {
        static_cast<void>(store_blob(place.index(), a_draft("shared"), noon));
        static_cast<void>(store_blob(place.index(), a_draft(std::to_string(i)), noon));
      });
    }
  }
  CHECK(place.index().list({})->size() == 9);
}

}  // namespace

void blob_index_contract(const std::function<std::unique_ptr<BlobIndexPlace>()>& make) {
  GOFLOW_CONTRACT_CASE(a_new_blob_is_writing_under_the_key_of_its_content)
  GOFLOW_CONTRACT_CASE(a_blob_becomes_present_with_the_first_that_refers_to_it)
  GOFLOW_CONTRACT_CASE(nothing_refers_to_what_is_not_stored)
  GOFLOW_CONTRACT_CASE(a_claim_is_copied_only_while_the_blob_is_present)
  GOFLOW_CONTRACT_CASE(a_slot_refers_to_one_blob)
  GOFLOW_CONTRACT_CASE(what_is_present_is_touched_and_given_back)
  GOFLOW_CONTRACT_CASE(what_is_put_by_hand_stays_manual)
  GOFLOW_CONTRACT_CASE(two_puts_of_the_same_bytes_share_a_record)
  GOFLOW_CONTRACT_CASE(a_put_into_another_store_has_its_own_key)
  GOFLOW_CONTRACT_CASE(a_key_of_another_content_is_left_alone)
  GOFLOW_CONTRACT_CASE(a_blob_that_is_being_deleted_is_not_trusted)
  GOFLOW_CONTRACT_CASE(a_put_that_was_deleted_meanwhile_is_told)
  GOFLOW_CONTRACT_CASE(nothing_is_published_that_is_not_stored)
  GOFLOW_CONTRACT_CASE(putting_again_heals_what_expired)
  GOFLOW_CONTRACT_CASE(putting_again_heals_every_record_of_the_payload)
  GOFLOW_CONTRACT_CASE(nothing_is_healed_that_nothing_refers_to)
  GOFLOW_CONTRACT_CASE(putting_again_heals_what_is_corrupt)
  GOFLOW_CONTRACT_CASE(a_run_passes_on_what_has_expired_and_no_other_does)
  GOFLOW_CONTRACT_CASE(what_is_corrupt_is_passed_on)
  GOFLOW_CONTRACT_CASE(keys_are_found_by_their_beginning_and_ending)
  GOFLOW_CONTRACT_CASE(lists_the_newest_first)
  GOFLOW_CONTRACT_CASE(counts_what_is_present)
  GOFLOW_CONTRACT_CASE(only_what_is_present_has_to_lie_in_its_store)
  GOFLOW_CONTRACT_CASE(threads_may_put_at_once)
}

}  // namespace goflow::test
