#include "core/claimcheck/garbage_collection.hpp"

#include "core/value/json.hpp"
#include "tests/core/claimcheck/collected_place.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace std::chrono_literals;
using core::BlobKey;
using core::BlobOrigin;
using core::BlobState;
using core::ExecutionStatus;
using core::GcReason;
using core::GcReport;
using core::RemovedBlob;
using test::blob_store;
using test::CollectedPlace;

TEST_CASE("what nobody needs goes, and what a run may need stays") {
  CollectedPlace place;
  place.run("wex-live", ExecutionStatus::running);
  place.run("wex-over", ExecutionStatus::completed);
  const BlobKey live = place.blob("live", "wex-live");
  const BlobKey over = place.blob("over", "wex-over");
  const BlobKey stray = place.blob("stray");
  const BlobKey unfinished = place.begun("unfinished");
  place.clock.advance(31 * 24h);
  const BlobKey fresh = place.blob("fresh");
  const GcReport report = place.collect();
  CHECK(place.state(live) == BlobState::present);
  CHECK(place.objects.has(live));
  CHECK(place.state(over) == BlobState::expired);
  CHECK_FALSE(place.objects.has(over));
  CHECK(place.state(stray) == std::nullopt);
  CHECK_FALSE(place.objects.has(stray));
  CHECK(place.state(unfinished) == std::nullopt);
  CHECK(place.objects.has(fresh));
  CHECK(report.in_use == 2);
  CHECK(report.deleted == 2);
  CHECK(report.expired == 1);
  CHECK(report.left == 0);
  CHECK(report.examined() == 5);
  CHECK(report.bytes_freed == 9);
  CHECK(report.reasons.at(GcReason::run_ended).blobs == 1);
  CHECK(report.reasons.at(GcReason::run_ended).bytes == 4);
  CHECK(report.reasons.at(GcReason::unreferenced).blobs == 1);
  CHECK(report.reasons.at(GcReason::unfinished).blobs == 1);
  CHECK(report.failures.empty());
}

TEST_CASE("a dry run counts the same and changes nothing") {
  CollectedPlace place;
  place.run("wex-over", ExecutionStatus::completed);
  const BlobKey over = place.blob("over", "wex-over");
  const BlobKey stray = place.blob("stray");
  const BlobKey orphan = place.orphan("orphan");
  place.clock.advance(31 * 24h);
  place.options.dry_run = true;
  const GcReport would = place.collect();
  CHECK(place.state(over) == BlobState::present);
  CHECK(place.objects.has(over));
  CHECK(place.objects.has(stray));
  CHECK(place.objects.has(orphan));
  CHECK(place.leftovers_removed_before.empty());
  place.options.dry_run = false;
  const GcReport did = place.collect();
  CHECK(would.dry_run);
  CHECK(would.deleted == 1);
  CHECK(would.expired == 1);
  CHECK(would.orphans_removed == 1);
  CHECK(would.bytes_freed == 15);
  CHECK(did.deleted == would.deleted);
  CHECK(did.expired == would.expired);
  CHECK(did.orphans_removed == would.orphans_removed);
  CHECK(did.bytes_freed == would.bytes_freed);
}

TEST_CASE("objects without a record go after the grace, and no others") {
  CollectedPlace place;
  const BlobKey old = place.orphan("old");
  place.clock.advance(2h);
  const BlobKey fresh = place.orphan("fresh");
  const BlobKey known = place.blob("known");
  const GcReport report = place.collect();
  CHECK_FALSE(place.objects.has(old));
  CHECK(place.state(old) == std::nullopt);
  CHECK(place.objects.has(fresh));
  CHECK(place.objects.has(known));
  CHECK(report.orphans_removed == 1);
  CHECK(report.bytes_freed == 3);
}

TEST_CASE("where others may own objects those without a record are only counted") {
  CollectedPlace place;
  place.places.locations.front().is_shared = true;
  const BlobKey orphan = place.orphan("orphan");
  place.clock.advance(2h);
  const GcReport report = place.collect();
  CHECK(place.objects.has(orphan));
  CHECK(report.orphans_removed == 0);
  CHECK(report.orphans_left == 1);
  CHECK(to_document(report).find("orphans_left")->as_integer() == 1);
}

TEST_CASE("a put that begins while an object without a record is removed does not rely on it") {
  CollectedPlace place;
  const BlobKey orphan = place.orphan("orphan");
  place.clock.advance(2h);
  std::optional<BlobKey> stored;
  place.run("wex-live", ExecutionStatus::running);
  place.objects.before_removal.then([&] { stored = place.blob("orphan", "wex-live"); });
  place.collect();
  REQUIRE(stored.has_value());
  CHECK(*stored != orphan);
  CHECK(place.objects.has(*stored));
  CHECK_FALSE(place.objects.has(orphan));
}

TEST_CASE("temporary files are removed that are older than the grace") {
  CollectedPlace place;
  const GcReport report = place.collect();
  CHECK(report.temp_files_removed == 3);
  CHECK(place.leftovers_removed_before == std::vector{place.clock.now() - 1h});
}

TEST_CASE("what expired needs no store to be forgotten") {
  CollectedPlace place;
  place.run("wex-over", ExecutionStatus::completed);
  const BlobKey over = place.blob("over", "wex-over");
  place.clock.advance(31 * 24h);
  place.collect();
  place.memory.delete_run("wex-over");
  place.objects.fail(100);
  const GcReport report = place.collect();
  CHECK(place.state(over) == std::nullopt);
  CHECK(report.deleted == 1);
  CHECK(report.bytes_freed == 0);
  CHECK(report.reasons.at(GcReason::record_alone).blobs == 1);
}

TEST_CASE("a store that fails is reported, asked no more, and its blobs wait for the next time") {
  CollectedPlace place;
  for (int i = 0; i < 10; ++i) {
    place.blob(std::to_string(i));
  }
  place.clock.advance(2h);
  place.objects.fail(3);
  const GcReport report = place.collect();
  CHECK(report.failures.size() == 3);
  CHECK(report.failures.front().ends_with("': the store is down"));
  CHECK(report.deleted == 0);
  CHECK(report.left == 10);
  CHECK(place.objects.count() == 10);
  place.clock.advance(2h);
  CHECK(place.collect().deleted == 10);
  CHECK(place.objects.count() == 0);
}

TEST_CASE("one object that cannot be removed stops none of the others") {
  CollectedPlace place;
  for (int i = 0; i < 10; ++i) {
    place.blob(std::to_string(i));
  }
  place.clock.advance(2h);
  place.objects.fail(1);
  const GcReport report = place.collect();
  CHECK(report.failures.size() == 1);
  CHECK(report.deleted == 9);
  CHECK(report.left == 1);
}

TEST_CASE("what lies in a store that cannot be reached from here stays as it is") {
  CollectedPlace place;
  core::BlobDraft draft = test::a_draft("elsewhere");
  draft.store = "s3:https://example.com/bucket/";
  const auto key = test::store_blob(place.memory, draft, place.clock.now());
  REQUIRE(key.ok());
  const BlobKey stray = place.blob("stray");
  place.clock.advance(2h);
  const GcReport report = place.collect();
  CHECK(place.state(*key) == BlobState::writing);
  CHECK(place.state(stray) == std::nullopt);
  CHECK(report.left == 1);
  CHECK(report.failures ==
        std::vector<std::string>{"'s3:https://example.com/bucket/': no credentials for it"});
}

TEST_CASE("when the time is up the rest waits for the next time") {
  CollectedPlace place;
  for (int i = 0; i < 10; ++i) {
    place.blob(std::to_string(i));
  }
  place.orphan("orphan");
  place.clock.advance(2h);
  place.options.time_limit = 1s;
  place.objects.take(300ms);
  const GcReport first = place.collect();
  CHECK(first.deleted == 4);
  CHECK(first.left == 6);
  CHECK(first.orphans_removed == 0);
  CHECK(first.duration == 1200ms);
  place.clock.advance(2h);
  place.options.time_limit = std::nullopt;
  const GcReport second = place.collect();
  CHECK(second.deleted == 6);
  CHECK(second.orphans_removed == 1);
  CHECK(second.reasons.at(GcReason::half_deleted).blobs == 6);
}

TEST_CASE("a collector that was held up leaves alone what another may have settled") {
  CollectedPlace place;
  const BlobKey key = place.blob("stray");
  place.clock.advance(2h);
  place.after_mark.then([&] {
    // The machine sleeps; another collector takes over, and the same bytes are stored again.
    place.clock.advance(3h);
    core::GarbageCollection other(place.memory, place.places, place.clock);
    REQUIRE(other.run(place.options)->deleted == 1);
    place.run("wex-live", ExecutionStatus::running);
    REQUIRE(place.blob("stray", "wex-live") == key);
  });
  const GcReport report = place.collect();
  CHECK(report.deleted == 0);
  CHECK(place.state(key) == BlobState::present);
  CHECK(place.objects.has(key));
}

TEST_CASE("what somebody wants again between the look and the mark stays") {
  CollectedPlace place;
  const BlobKey key = place.blob("stray");
  place.clock.advance(2h);
  place.after_survey.then([&] { REQUIRE(place.blob("stray") == key); });
  const GcReport report = place.collect();
  CHECK(place.objects.has(key));
  CHECK(report.in_use == 1);
  CHECK(report.left == 0);
}

TEST_CASE("one blob is removed at once, unless something refers to it") {
  CollectedPlace place;
  place.run("wex-live", ExecutionStatus::running);
  const BlobKey stray = place.blob("stray");
  const BlobKey live = place.blob("live", "wex-live");
  core::GarbageCollection collection = place.collection();
  CHECK(*collection.remove(stray, /*force=*/false) == RemovedBlob::gone);
  CHECK(place.state(stray) == std::nullopt);
  CHECK_FALSE(place.objects.has(stray));
  CHECK(*collection.remove(stray, /*force=*/false) == RemovedBlob::gone);
  CHECK(*collection.remove(live, /*force=*/false) == RemovedBlob::refused);
  CHECK(place.objects.has(live));
  CHECK(*collection.remove(live, /*force=*/true) == RemovedBlob::expired);
  CHECK(place.state(live) == BlobState::expired);
  CHECK_FALSE(place.objects.has(live));
}

TEST_CASE("a blob is forgotten though its store does not answer") {
  CollectedPlace place;
  place.run("wex-live", ExecutionStatus::running);
  const BlobKey stray = place.blob("stray");
  const BlobKey live = place.blob("live", "wex-live");
  core::GarbageCollection collection = place.collection();
  CHECK(*collection.forget(stray) == RemovedBlob::gone);
  CHECK(place.state(stray) == std::nullopt);
  CHECK(*collection.forget(live) == RemovedBlob::expired);
  CHECK(place.state(live) == BlobState::expired);
  CHECK(place.objects.has(stray));
  CHECK(place.objects.has(live));
}

TEST_CASE("the report has the members that programs expect") {
  GcReport report{.in_use = 1188, .deleted = 12, .expired = 40, .temp_files_removed = 1};
  report.bytes_freed = 10485760;
  report.duration = 85ms;
  CHECK(core::to_json(to_document(report)) ==
        R"({"dry_run":false,"examined":1240,"deleted":12,"expired":40,"in_use":1188,)"
        R"("orphans_removed":0,"temp_files_removed":1,"bytes_freed":10485760,"errors":0,)"
        R"("duration_ms":85})");
}

namespace {

/// Everything that gc has to do with, two hours and a month after it came to be.
struct Everything : CollectedPlace {
  Everything() {
    run("wex-live", ExecutionStatus::waiting);
    run("wex-over", ExecutionStatus::failed);
    clock.advance(31 * 24h);
  }

  void check_that_nothing_wanted_is_lost() {
    CHECK(state(live) == BlobState::present);
    CHECK(objects.has(live));
    const auto present = memory.list({.state = BlobState::present});
    REQUIRE(present.ok());
    for (const core::ListedBlob& blob : *present) {
      CHECK(objects.has(blob.record.key));
    }
  }

  BlobKey live = (run("wex-live", ExecutionStatus::running), blob("live", "wex-live"));
  BlobKey over = (run("wex-over", ExecutionStatus::running), blob("over", "wex-over"));
  BlobKey stray = blob("stray");
  BlobKey unfinished = begun("unfinished");
  BlobKey nobodys = orphan("nobodys");
};

/// Cuts a collection off at each of its calls in turn, before and after; `check` goes on from
/// there.
template <class Check>
void cut_off_everywhere(const Check& check) {
  using Moment = test::Interruption::Moment;
  for (const Moment moment : {Moment::before, Moment::after}) {
    int call = 1;
    for (;; ++call) {
      CAPTURE(call);
      CAPTURE(static_cast<int>(moment));
      Everything place;
      place.interruption.at(call, moment);
      static_cast<void>(place.collection().run(place.options));
      const bool was_cut_off = place.interruption.has_come();
      place.interruption.never();
      if (!was_cut_off) break;
      place.check_that_nothing_wanted_is_lost();
      check(place);
      place.check_that_nothing_wanted_is_lost();
    }
    CHECK(call > 8);
  }
}

}  // namespace

TEST_CASE("after a collection that was cut off anywhere the next one leaves nothing over") {
  cut_off_everywhere([](Everything& place) {
    place.clock.advance(2h);
    place.collect();
    CHECK(place.state(place.over) == BlobState::expired);
    CHECK_FALSE(place.objects.has(place.over));
    for (const BlobKey& key : {place.stray, place.unfinished, place.nobodys}) {
      CHECK(place.state(key) == std::nullopt);
      CHECK_FALSE(place.objects.has(key));
    }
    CHECK(place.objects.count() == 1);
  });
}

TEST_CASE("what is stored anew after a collection was cut off is not lost by the next one") {
  cut_off_everywhere([](Everything& place) {
    std::vector<BlobKey> wanted;
    for (const char* payload : {"over", "stray", "unfinished", "nobodys"}) {
      wanted.push_back(place.blob(payload, "wex-live"));
    }
    place.clock.advance(2h);
    place.collect();
    place.clock.advance(40 * 24h);
    place.collect();
    for (const BlobKey& key : wanted) {
      CHECK(place.state(key) == BlobState::present);
      CHECK(place.objects.has(key));
    }
  });
}
