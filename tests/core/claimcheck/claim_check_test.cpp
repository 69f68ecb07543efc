#include "core/claimcheck/claim_check.hpp"

#include "core/claimcheck/large_values.hpp"
#include "core/value/json.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/memory_blob_index.hpp"
#include "tests/support/memory_object_store.hpp"
#include "tests/support/stored_blobs.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace goflow;
using namespace std::chrono_literals;
using core::BlobState;
using core::Value;

namespace {

/// Compressed, it has no bit that does not matter.
std::string varied_text(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i) {
    text += std::to_string(i * i) + ' ';
  }
  text.resize(size);
  return text;
}

const std::string text_of_60_kb = varied_text(60'000);

class Observer final : public core::ClaimObserver {
 public:
  void on_offload() override { ++offloads; }
  void on_duplicate() override { ++duplicates; }
  void on_written(std::uint64_t, std::uint64_t stored_bytes) override { written += stored_bytes; }

  void on_cache_hit() override { ++cache_hits; }

  int offloads = 0;
  int duplicates = 0;
  int cache_hits = 0;
  std::uint64_t written = 0;
};

/// A store that can be made to fail, and that can be tampered with.
class Storage final : public core::BlobStorage {
 public:
  core::Result<core::BlobIndex*> index() override { return &register_; }
  [[nodiscard]] std::string location() const override { return "memory:"; }
  core::Result<core::ObjectStore*> store_at(const std::string&) override {
    if (is_down) return core::Error{core::ErrorCode::unavailable, "the store is down"};
    return &objects;
  }

  void replace(const core::BlobKey& key, const std::string& bytes) {
    REQUIRE(objects.remove(key).ok());
    core::MemorySource body(bytes);
    REQUIRE(objects.put(body, {.key = key}).ok());
  }
  std::string stored(const core::BlobKey& key) {
    auto object = objects.get(key);
    REQUIRE(object.ok());
    REQUIRE(object->has_value());
    return *(*object)->read_all(1 << 20);
  }

  test::MemoryBlobIndex register_;
  test::MemoryObjectStore objects;
  bool is_down = false;
};

struct Fixture {
  explicit Fixture(core::ClaimCheckSettings settings = {})
      : claim_check(settings, storage, observer, clock),
        large_values(&claim_check, "wex-1", redactor, clock) {}

  core::BlobKey put(const std::string& payload) {
    const auto claim = claim_check.put(payload, {});
    REQUIRE(claim.ok());
    REQUIRE(storage.register_.publish(claim->key, clock.now()).ok());
    return claim->key;
  }
  std::string failure_of(const core::BlobKey& key) {
    const auto payload = claim_check.get(key);
    REQUIRE_FALSE(payload.ok());
    return payload.error().message;
  }
  BlobState state_of(const core::BlobKey& key) {
    auto record = storage.register_.find(key);
    REQUIRE(record.ok());
    REQUIRE(record->has_value());
    return (*record)->state;
  }

  test::FixedClock clock{*core::parse_rfc3339("2026-01-19T12:00:00Z")};
  Storage storage;
  Observer observer;
  core::Redactor redactor;
  core::ClaimCheck claim_check;
  core::LargeValues large_values;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a payload comes back byte for byte, compressed or not") {
  std::string every_byte;
  for (int i = 0; i < 256; ++i) {
    every_byte += static_cast<char>(i);
  }
  for (const std::string& payload : {std::string(), every_byte, text_of_60_kb}) {
    CHECK(*claim_check.get(put(payload)) == payload);
  }
  CHECK(storage.stored(put(text_of_60_kb)).size() < 30'000);
}

TEST_CASE_FIXTURE(Fixture, "equal payloads are stored once") {
  const core::BlobKey key = put(text_of_60_kb);
  const std::uint64_t written = observer.written;
  CHECK(put(text_of_60_kb) == key);
  CHECK(observer.written == written);
  CHECK(observer.offloads == 2);
  CHECK(observer.duplicates == 1);
}

TEST_CASE_FIXTURE(Fixture,
                  "a blob that somebody has deleted is missing, and healed by the same payload") {
  const core::BlobKey key = put(text_of_60_kb);
  REQUIRE(storage.objects.remove(key).ok());
  CHECK(failure_of(key) == "blob " + key.text() + " is missing from memory:");
  put(text_of_60_kb);
  CHECK(*claim_check.get(key) == text_of_60_kb);
}

TEST_CASE_FIXTURE(Fixture,
                  "a damaged blob is corrupt from then on, until the same payload heals it") {
  const core::BlobKey key = put(text_of_60_kb);
  const std::string good = storage.stored(key);
  std::string flipped = good;
  flipped[good.size() / 2] = static_cast<char>(flipped[good.size() / 2] ^ 1);
  for (const std::string& bad :
       {good.substr(0, good.size() - 1), good + "x", flipped, std::string(), std::string("x")}) {
    CAPTURE(bad.size());
    storage.replace(key, bad);
    const std::string corrupt =
        "blob " + key.text() + " in memory: is corrupt: not what was stored";
    CHECK(failure_of(key) == corrupt);
    CHECK(state_of(key) == BlobState::corrupt);
    CHECK(failure_of(key) == corrupt);
    CHECK(put(text_of_60_kb) == key);
    CHECK(state_of(key) == BlobState::present);
    CHECK(*claim_check.get(key) == text_of_60_kb);
  }
}

TEST_CASE_FIXTURE(Fixture, "the same payload heals every record of it that something refers to") {
  storage.register_.record_run("wex-1", core::ExecutionStatus::running, std::nullopt);
  const auto refer = [&](const core::BlobKey& to, const std::string& input) {
    REQUIRE(storage.register_.write_references({test::a_reference(to, "wex-1", input)}).ok());
  };
  const core::BlobKey key = put(text_of_60_kb);
  refer(key, "x");
  REQUIRE(storage.register_.mark_one(key, /*force=*/true, clock.now())->has_value());
  const core::BlobKey other = put(text_of_60_kb);
  REQUIRE(other != key);
  refer(other, "y");
  REQUIRE(storage.objects.remove(key).ok());
  REQUIRE(storage.register_.settle({key}).ok());
  REQUIRE(state_of(key) == BlobState::expired);
  REQUIRE(storage.objects.remove(other).ok());
  REQUIRE(storage.register_.mark_corrupt(other).ok());
  const core::BlobKey third = put(text_of_60_kb + "!");
  refer(third, "z");
  REQUIRE(storage.register_.mark_corrupt(third).ok());

  const core::BlobKey again = put(text_of_60_kb);
  for (const core::BlobKey& healed : {key, other}) {
    CHECK((healed == again || state_of(healed) == BlobState::present));
    CHECK(*claim_check.get(healed) == text_of_60_kb);
  }
  // Of another payload.
  CHECK(state_of(third) == BlobState::corrupt);
}

TEST_CASE_FIXTURE(Fixture, "a payload that another put has just stored is taken over") {
  const core::BlobKey key = *core::BlobKey::parse(put(text_of_60_kb).text());
  const std::string lying_there = storage.stored(key);
  Fixture other;
  core::MemorySource body(lying_there);
  REQUIRE(other.storage.objects.put(body, {.key = key}).ok());
  CHECK(other.put(text_of_60_kb) == key);
  CHECK(other.observer.written == 0);
  CHECK(*other.claim_check.get(key) == text_of_60_kb);
}

TEST_CASE("blobs stay readable when the codec is changed or switched off") {
  Fixture fixture;
  const core::BlobKey key = fixture.put(text_of_60_kb);
  for (const core::Codec codec : {core::Codec::none, core::Codec::zstd}) {
    core::ClaimCheckSettings settings;
    settings.compression = {codec, 3};
    core::ClaimCheck changed(settings, fixture.storage, fixture.observer, fixture.clock);
    CHECK(*changed.get(key) == text_of_60_kb);
  }
}

TEST_CASE_FIXTURE(Fixture, "what is large stands for its value, and is fetched when it is read") {
  const Value large = large_values.kept(text_of_60_kb, "photos", "fetch");
  REQUIRE(core::claimed(large));
  const core::BlobKey key = core::claimed(large)->claim().key;
  REQUIRE(storage.register_.publish(key, clock.now()).ok());
  CHECK(large.is_text());
  CHECK(large.as_text() == text_of_60_kb);
  CHECK(large == Value(text_of_60_kb));
}

TEST_CASE_FIXTURE(Fixture, "what was read last comes from the cache, and is counted so") {
  const Value large = large_values.kept(text_of_60_kb, "photos", "fetch");
  const core::BlobKey key = core::claimed(large)->claim().key;
  REQUIRE(storage.register_.publish(key, clock.now()).ok());
  CHECK(large.as_text() == text_of_60_kb);
  CHECK(observer.cache_hits == 0);
  large_values.let_go();
  REQUIRE(storage.objects.remove(key).ok());
  CHECK(large.as_text() == text_of_60_kb);
  CHECK(observer.cache_hits == 1);
}

TEST_CASE_FIXTURE(Fixture, "what is gone is missed by its name, and only by who reads it") {
  const Value large = large_values.kept(text_of_60_kb, "photos", "fetch");
  const core::BlobKey key = core::claimed(large)->claim().key;
  REQUIRE(storage.objects.remove(key).ok());
  REQUIRE(storage.register_.publish(key, clock.now()).ok());
  const Value copy = large;
  CHECK(copy == large);
  try {
    (void)copy.kind();
    FAIL("it was read");
  } catch (const core::PayloadUnavailable& lost) {
    CHECK(lost.error().message ==
          "needs 'photos', but blob " + key.text() + " is missing from memory:");
    CHECK(lost.error().hint == "run it again: goflow exec rerun wex-1 --from fetch");
  }
}

TEST_CASE_FIXTURE(Fixture, "memory that reading took is given back") {
  const Value large = large_values.kept(text_of_60_kb, "photos", "fetch");
  REQUIRE(storage.register_.publish(core::claimed(large)->claim().key, clock.now()).ok());
  CHECK(large.as_text() == text_of_60_kb);
  large_values.let_go();
  CHECK(large.as_text() == text_of_60_kb);
}

TEST_CASE("the threshold is met by 51,200 bytes of JSON, and not by one less") {
  Fixture fixture;
  const auto is_kept = [&](const Value& value) {
    return core::claimed(fixture.large_values.kept(value, "x", "fetch")) != nullptr;
  };
  CHECK_FALSE(is_kept(std::string(51'197, 'x')));
  CHECK(is_kept(std::string(51'198, 'x')));
  // Escapes count as they are written.
  CHECK_FALSE(is_kept(std::string(25'598, '"') + "x"));
  CHECK(is_kept(std::string(25'599, '"')));
  CHECK(is_kept(std::string(8'533, '\x01')));
  CHECK_FALSE(is_kept(std::string(8'532, '\x01')));
  for (const Value& small :
       {Value(), Value(""), Value(0), Value(false), Value(core::Array()), Value(core::Object())}) {
    CHECK_FALSE(is_kept(small));
  }
}

TEST_CASE_FIXTURE(Fixture, "of a record each field is looked at by itself") {
  core::Object record;
  record.set("status", 200);
  record.set("body", text_of_60_kb);
  record.set("half", std::string(30'000, 'a'));
  record.set("other half", std::string(30'000, 'b'));
  const Value kept = large_values.kept_fields(record, "fetch", "fetch");
  REQUIRE(kept.is_object());
  CHECK(kept.as_object().keys() == core::Object(record).keys());
  CHECK(core::claimed(*kept.find("body")));
  CHECK_FALSE(core::claimed(*kept.find("half")));
  const Value whole = large_values.kept(
      core::Object{{"half", std::string(30'000, 'a')}, {"other", std::string(30'000, 'b')}},
      "x",
      "fetch");
  CHECK(core::claimed(whole));
  CHECK(large_values.kept(kept, "variable", "fetch") == kept);
  CHECK(observer.offloads == 2);
}

TEST_CASE_FIXTURE(Fixture, "what is recorded has a claim in the place of the value") {
  const Value kept =
      large_values.kept_fields(core::Object{{"a", 1}, {"body", text_of_60_kb}}, "fetch", "fetch");
  const Value recorded = core::with_claims(kept);
  CHECK(recorded.find("a")->as_integer() == 1);
  const auto claim = core::read_claim(*recorded.find("body"));
  REQUIRE(claim.has_value());
  CHECK(claim->size_bytes == 60'002);
  CHECK(claim->compressed);
}

TEST_CASE_FIXTURE(
    Fixture, "while the store is down values stay, with one warning, and it is tried again later") {
  storage.is_down = true;
  CHECK_FALSE(core::claimed(large_values.kept(text_of_60_kb, "a", "fetch")));
  CHECK_FALSE(core::claimed(large_values.kept(text_of_60_kb + "!", "b", "fetch")));
  CHECK(large_values.warnings() ==
        std::vector<std::string>{"large values stay in the history: the store is down"});
  storage.is_down = false;
  clock.advance(29s);
  CHECK_FALSE(core::claimed(large_values.kept(text_of_60_kb, "c", "fetch")));
  clock.advance(1s);
  CHECK(core::claimed(large_values.kept(text_of_60_kb, "d", "fetch")));
}

TEST_CASE("with the claim check switched off nothing new is put away, and old claims are read") {
  Fixture fixture;
  const core::BlobKey key = fixture.put(core::to_json(text_of_60_kb));
  core::ClaimCheckSettings settings;
  settings.enabled = false;
  core::ClaimCheck off(settings, fixture.storage, fixture.observer, fixture.clock);
  core::LargeValues values(&off, "wex-2", fixture.redactor, fixture.clock);
  CHECK_FALSE(core::claimed(values.kept(text_of_60_kb, "x", "fetch")));
  const auto claim = core::claim_of(**fixture.storage.register_.find(key));
  CHECK(off.read(claim, core::Encoding::json)->as_text() == text_of_60_kb);
}

TEST_CASE_FIXTURE(Fixture, "secrets are masked before a value is put away") {
  redactor.learn("hunter2-and-more");
  const Value large = large_values.kept(text_of_60_kb + "hunter2-and-more", "x", "fetch");
  REQUIRE(core::claimed(large));
  const core::BlobKey key = core::claimed(large)->claim().key;
  CHECK(*claim_check.get(key) == "\"" + text_of_60_kb + "***\"");
  redactor.learn(text_of_60_kb);
  CHECK_FALSE(core::claimed(large_values.kept(text_of_60_kb, "y", "fetch")));
}

TEST_CASE("a number keeps its kind, and a text its line ends, on the way through a store") {
  const Value value = core::Array{1, 1.0, -0.5, "a\n", nullptr, true};
  const Value back = *core::decoded(core::encoded(value), core::Encoding::json);
  CHECK(back == value);
  CHECK(back.as_array()[1].is_float());
  CHECK(*core::decoded("out\r\n\n", core::Encoding::text) == Value("out"));
  CHECK(*core::decoded("out\n", core::Encoding::bytes) == Value("out\n"));
}
