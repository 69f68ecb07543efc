#include "core/secret/expiry.hpp"

#include "core/base/duration.hpp"

#include <string>

namespace goflow::core {

Validity validity_of(const CredentialMetadata& metadata,
                     Timestamp now,
                     std::chrono::milliseconds warning) {
  if (!metadata.expires_at) return Validity::good;
  if (*metadata.expires_at <= now) return Validity::expired;
  return *metadata.expires_at <= now + warning ? Validity::expires_soon : Validity::good;
}

Result<Timestamp> parse_expiry(std::string_view text, Timestamp now) {
  if (const auto duration = parse_duration(text); duration && !text.empty()) return now + *duration;
  if (const auto time = parse_rfc3339(text)) return *time;
  if (const auto day = parse_rfc3339(std::string(text) + "T00:00:00Z")) return *day;
  return Error{ErrorCode::invalid_argument, "'" + std::string(text) + "' is not a time"}.with_hint(
      "write 90d, 2026-12-31 or 2026-12-31T09:30:00Z");
}

}  // namespace goflow::core
