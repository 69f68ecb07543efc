#include "core/claimcheck/claim.hpp"

#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow;

namespace {

const std::string example =
    R"({"_type":"claim_check_ref","key":"9f2c41d7-06be-8a53-b1e4-7d20c8f6935a",)"
    R"("size_bytes":1183744,"compressed":true,"stored_at":"2026-01-19T09:12:44Z"})";

std::optional<core::Claim> read(const std::string& json) {
  return core::read_claim(*core::parse_json(json));
}

}  // namespace

TEST_CASE("a claim is recorded with five members in their order") {
  const auto claim = read(example);
  REQUIRE(claim.has_value());
  CHECK(claim->key.text() == "9f2c41d7-06be-8a53-b1e4-7d20c8f6935a");
  CHECK(claim->size_bytes == 1183744);
  CHECK(claim->compressed);
  CHECK(core::to_json(core::to_value(*claim)) == example);
}

TEST_CASE("the record of a blob says all that its claim does") {
  const core::Timestamp stored_at = *core::parse_rfc3339("2026-01-19T09:12:44.999Z");
  const core::BlobRecord record{*core::BlobKey::parse("9f2c41d7-06be-8a53-b1e4-7d20c8f6935a"),
                                std::string(64, '0'),
                                1183744,
                                1000,
                                core::Codec::zstd,
                                "memory:",
                                core::BlobState::present,
                                core::BlobOrigin::run,
                                stored_at,
                                stored_at};
  CHECK(core::to_json(core::to_value(core::claim_of(record))) == example);
}

TEST_CASE("what lacks the shape of a claim is none") {
  for (
      const std::string bad :
      {R"("text")",
       R"({})",
       R"({"_type":"claim_check_ref"})",
       R"({"_type":"other","key":"9f2c41d7-06be-8a53-b1e4-7d20c8f6935a","size_bytes":1})",
       R"({"_type":"claim_check_ref","key":"../../etc/passwd","size_bytes":1})",
       R"({"_type":"claim_check_ref","key":"9f2c41d7-06be-8a53-b1e4-7d20c8f6935a","size_bytes":-1})",
       R"({"_type":"claim_check_ref","key":"9f2c41d7-06be-8a53-b1e4-7d20c8f6935a","size_bytes":1.5})",
       R"({"_type":"claim_check_ref","key":7,"size_bytes":1})"}) {
    CAPTURE(bad);
    CHECK_FALSE(read(bad).has_value());
  }
}
