// Until when a credential is good.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/secret/credential_metadata.hpp"

#include <chrono>
#include <string_view>

namespace goflow::core {

enum class Validity { good, expires_soon, expired };

/// `warning`: how long before it expires that is soon. One of which nothing is said stays good.
Validity validity_of(const CredentialMetadata& metadata,
                     Timestamp now,
                     std::chrono::milliseconds warning);

/// "90d" from now on, a date (its beginning, in UTC) or RFC 3339. invalid_argument: none of them.
Result<Timestamp> parse_expiry(std::string_view text, Timestamp now);

}  // namespace goflow::core
