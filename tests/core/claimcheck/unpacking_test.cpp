#include "core/claimcheck/unpacking.hpp"

#include "core/claimcheck/compression.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/memory_object_store.hpp"
#include "tests/support/stored_blobs.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::BlobCondition;
using core::Codec;

namespace {

core::BlobRecord record_of(const std::string& payload) {
  const core::BlobDraft draft = test::a_draft(payload);
  return {.key = draft.key,
          .sha256 = draft.sha256,
          .size_bytes = draft.size_bytes,
          .store = draft.store,
          .state = core::BlobState::present,
          .stored_at = test::noon,
          .touched_at = test::noon};
}

/// Of a payload whose object has these bytes.
BlobCondition condition(const std::string& payload, const std::string& stored) {
  test::MemoryObjectStore store;
  const core::BlobRecord record = record_of(payload);
  core::MemorySource body(stored);
  REQUIRE(store.put(body, {.key = record.key}).ok());
  core::NoSink sink;
  const auto unpacking = unpack(record, store, sink);
  REQUIRE(unpacking.ok());
  return unpacking->condition;
}

std::string packed(const std::string& payload, Codec codec) {
  const auto bytes = core::compressed(payload, {.codec = codec, .level = 3});
  REQUIRE(bytes.ok());
  REQUIRE(bytes->has_value());
  return **bytes;
}

const std::string long_payload(300'000, 'x');

}  // namespace

TEST_CASE("a blob is intact in whatever form it lies there") {
  CHECK(condition("hello", "hello") == BlobCondition::intact);
  CHECK(condition("", "") == BlobCondition::intact);
  CHECK(condition(long_payload, long_payload) == BlobCondition::intact);
  for (const Codec codec : {Codec::gzip, Codec::zstd}) {
    CHECK(condition(long_payload, packed(long_payload, codec)) == BlobCondition::intact);
  }
}

TEST_CASE("a payload that was compressed before goflow had it is taken as it is") {
  const std::string archive = packed(long_payload, Codec::gzip);
  CHECK(condition(archive, archive) == BlobCondition::intact);
}

TEST_CASE("a blob is corrupt that is anything else than what was stored") {
  CHECK(condition("hello", "hellO") == BlobCondition::corrupt);
  CHECK(condition("hello", "hell") == BlobCondition::corrupt);
  CHECK(condition("hello", "hello, world") == BlobCondition::corrupt);
  CHECK(condition("hello", "") == BlobCondition::corrupt);
  const std::string archive = packed(long_payload, Codec::gzip);
  CHECK(condition(long_payload, archive.substr(0, archive.size() / 2)) == BlobCondition::corrupt);
  CHECK(condition(long_payload, packed(long_payload + "y", Codec::gzip)) == BlobCondition::corrupt);
}

TEST_CASE("a blob without an object is missing") {
  test::MemoryObjectStore store;
  core::NoSink sink;
  CHECK(unpack(record_of("hello"), store, sink)->condition == BlobCondition::missing);
}
