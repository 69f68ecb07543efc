#include "core/secret/expiry.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow;
using namespace std::chrono_literals;
using core::Validity;

namespace {

const core::Timestamp noon = *core::parse_rfc3339("2026-01-19T12:00:00Z");

Validity validity(std::optional<core::Timestamp> expires_at) {
  core::CredentialMetadata metadata{noon, noon};
  metadata.expires_at = expires_at;
  return validity_of(metadata, noon, 24h);
}

}  // namespace

TEST_CASE("a credential is good until it expires, and warned of shortly before") {
  CHECK(validity(std::nullopt) == Validity::good);
  CHECK(validity(noon + 25h) == Validity::good);
  CHECK(validity(noon + 24h) == Validity::expires_soon);
  CHECK(validity(noon + 1us) == Validity::expires_soon);
  CHECK(validity(noon) == Validity::expired);
  CHECK(validity(noon - 1h) == Validity::expired);
}

TEST_CASE("an expiry is a time from now on, a day or a point in time") {
  CHECK(*core::parse_expiry("90d", noon) == noon + 90 * 24h);
  CHECK(*core::parse_expiry("2026-12-31", noon) == *core::parse_rfc3339("2026-12-31T00:00:00Z"));
  CHECK(*core::parse_expiry("2026-12-31T09:30:00+01:00", noon) ==
        *core::parse_rfc3339("2026-12-31T08:30:00Z"));
  for (const std::string bad : {"", "soon", "31.12.2026", "2026-13-01", "-5d"}) {
    CAPTURE(bad);
    const auto expiry = core::parse_expiry(bad, noon);
    REQUIRE_FALSE(expiry.ok());
    CHECK(expiry.error().code == core::ErrorCode::invalid_argument);
  }
}
