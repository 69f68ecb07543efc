// A point in time as the functions of time know it: an instant, and the zone it is shown in.
#pragma once

#include "core/value/value.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core::expression::calendar {

struct Moment {
  std::int64_t seconds = 0;      // since 1970, UTC
  std::int32_t nanoseconds = 0;  // 0 to 999999999
  std::chrono::minutes offset{0};
};

/// What a calendar and a clock on the wall show.
struct Civil {
  int year = 0;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

/// `UTC`, `local`, or an offset such as `+02:00`.
class Zone {
 public:
  /// UTC.
  Zone() = default;
  static std::optional<Zone> parse(std::string_view text);

  [[nodiscard]] std::chrono::minutes offset_at(std::int64_t utc_seconds) const;
  /// Of a wall clock in this zone.
  [[nodiscard]] std::int64_t utc_seconds_of(std::int64_t wall_seconds) const;

 private:
  std::chrono::minutes fixed_{0};
  bool is_local_ = false;
};

/// Seconds from 1970 until that day and time, as if it were UTC; nullopt: there is no such day.
std::optional<std::int64_t> seconds_of(const Civil& civil);
/// As seen in the zone of the moment.
Civil civil_of(const Moment& moment);

/// nullopt: outside the years 0 to 9999, which is as far as the texts go.
std::optional<Moment> moment_at(std::int64_t utc_seconds,
                                std::int32_t nanoseconds,
                                std::chrono::minutes offset);
std::optional<Moment> moved_to(const Moment& moment, const Zone& zone);

/// An RFC 3339 text, `2026-03-01`, `2026-03-01 09:30:00` (in the zone, if they name none), or a
/// number of Unix seconds (shown in the zone). nullopt: anything else.
std::optional<Moment> read_moment(const Value& value, const Zone& zone);

/// RFC 3339, with as many decimals as there are.
std::string to_rfc3339(const Moment& moment);
/// "+02:00"
std::string to_text(std::chrono::minutes offset, std::string_view separator);

}  // namespace goflow::core::expression::calendar
