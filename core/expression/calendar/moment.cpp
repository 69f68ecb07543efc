#include "core/expression/calendar/moment.hpp"

#include "core/expression/calendar/text_cursor.hpp"
#include "core/expression/numbers.hpp"

#include <fmt/format.h>

#include <cmath>
#include <ctime>

namespace goflow::core::expression::calendar {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;
constexpr std::int64_t seconds_an_hour = 3'600;

std::chrono::sys_days day_of(std::int64_t seconds) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds{std::chrono::seconds{seconds}});
}

std::int64_t in_seconds(std::chrono::minutes offset) {
  return std::chrono::seconds{offset}.count();
}

std::chrono::minutes local_offset_at(std::int64_t utc_seconds) {
  const auto time = static_cast<std::time_t>(utc_seconds);
  std::tm wall = {};
  if (localtime_r(&time, &wall) == nullptr) return std::chrono::minutes{0};
  return std::chrono::floor<std::chrono::minutes>(std::chrono::seconds{wall.tm_gmtoff});
}

std::optional<Moment> read_number(const Value& value, const Zone& zone) {
  if (value.is_integer()) {
    const std::int64_t seconds = value.as_integer();
    // Beyond any calendar; the offset of such a time cannot be asked for.
    if (seconds > 1'000'000'000'000 || seconds < -1'000'000'000'000) return std::nullopt;
    return moment_at(seconds, 0, zone.offset_at(seconds));
  }
  constexpr double nanoseconds_a_second = 1e9;
  const double whole = std::floor(value.as_float());
  if (std::fabs(whole) > 1e12) return std::nullopt;
  auto seconds = static_cast<std::int64_t>(whole);
  // A double of today's size knows little more than microseconds.
  const double fraction = std::round((value.as_float() - whole) * 1e6) * 1e3;
  const bool carries = fraction >= nanoseconds_a_second;
  if (carries) ++seconds;
  return moment_at(
      seconds, carries ? 0 : static_cast<std::int32_t>(fraction), zone.offset_at(seconds));
}

std::optional<Civil> take_day(TextCursor& text) {
  const auto year = text.take_digits(4, 4);
  if (!year || !text.take("-")) return std::nullopt;
  const auto month = text.take_digits(2, 2);
  if (!month || !text.take("-")) return std::nullopt;
  const auto day = text.take_digits(2, 2);
  if (!day) return std::nullopt;
  return Civil{*year, *month, *day};
}

bool take_clock(TextCursor& text, Civil& civil) {
  const auto hour = text.take_digits(2, 2);
  if (!hour || !text.take(":")) return false;
  const auto minute = text.take_digits(2, 2);
  if (!minute || !text.take(":")) return false;
  const auto second = text.take_digits(2, 2);
  if (!second) return false;
  civil.hour = *hour;
  civil.minute = *minute;
  civil.second = *second;
  return true;
}

std::optional<Moment> read_text(std::string_view written, const Zone& zone) {
  TextCursor text(written);
  auto civil = take_day(text);
  if (!civil) return std::nullopt;
  std::int32_t nanoseconds = 0;
  std::optional<std::chrono::minutes> offset;
  if (!text.at_end()) {
    if (!text.take_one_of("Tt ") || !take_clock(text, *civil)) return std::nullopt;
    nanoseconds = text.take_fraction().value_or(0);
    offset = text.take_offset();
  }
  const auto wall = seconds_of(*civil);
  if (!text.at_end() || !wall) return std::nullopt;
  const std::int64_t seconds = offset ? *wall - in_seconds(*offset) : zone.utc_seconds_of(*wall);
  return moment_at(seconds, nanoseconds, offset.value_or(zone.offset_at(seconds)));
}

}  // namespace

std::optional<Zone> Zone::parse(std::string_view text) {
  Zone zone;
  if (text == "UTC") return zone;
  zone.is_local_ = text == "local";
  if (zone.is_local_) return zone;
  TextCursor cursor(text);
  const auto offset = cursor.take_offset();
  if (!offset || !cursor.at_end()) return std::nullopt;
  zone.fixed_ = *offset;
  return zone;
}

std::chrono::minutes Zone::offset_at(std::int64_t utc_seconds) const {
  return is_local_ ? local_offset_at(utc_seconds) : fixed_;
}

std::int64_t Zone::utc_seconds_of(std::int64_t wall_seconds) const {
  // The second guess is right unless the clock jumps over this very time.
  const std::int64_t guess = wall_seconds - in_seconds(offset_at(wall_seconds));
  return wall_seconds - in_seconds(offset_at(guess));
}

std::optional<std::int64_t> seconds_of(const Civil& civil) {
  const std::chrono::year_month_day date{std::chrono::year{civil.year},
                                         std::chrono::month{static_cast<unsigned>(civil.month)},
                                         std::chrono::day{static_cast<unsigned>(civil.day)}};
  // Second 60 is a leap second: the first one of the next minute.
  const bool on_the_clock = civil.hour <= 23 && civil.minute <= 59 && civil.second <= 60;
  if (!date.ok() || !on_the_clock) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count() * seconds_a_day +
         civil.hour * seconds_an_hour + civil.minute * 60 + civil.second;
}

Civil civil_of(const Moment& moment) {
  const std::int64_t wall = moment.seconds + in_seconds(moment.offset);
  const auto day = day_of(wall);
  const std::chrono::year_month_day date{day};
  const auto second = static_cast<int>(wall - day.time_since_epoch().count() * seconds_a_day);
  return Civil{static_cast<int>(date.year()),
               static_cast<int>(static_cast<unsigned>(date.month())),
               static_cast<int>(static_cast<unsigned>(date.day())),
               second / 3600,
               second / 60 % 60,
               second % 60};
}

std::optional<Moment> moment_at(std::int64_t utc_seconds,
                                std::int32_t nanoseconds,
                                std::chrono::minutes offset) {
  const std::int64_t wall = utc_seconds + in_seconds(offset);
  const std::int64_t first = *seconds_of(Civil{0, 1, 1});
  const std::int64_t behind = *seconds_of(Civil{10'000, 1, 1});
  if (wall < first || wall >= behind) return std::nullopt;
  return Moment{utc_seconds, nanoseconds, offset};
}

std::optional<Moment> moved_to(const Moment& moment, const Zone& zone) {
  return moment_at(moment.seconds, moment.nanoseconds, zone.offset_at(moment.seconds));
}

std::optional<Moment> read_moment(const Value& value, const Zone& zone) {
  return value.is_text() ? read_text(value.as_text(), zone) : read_number(value, zone);
}

std::string to_rfc3339(const Moment& moment) {
  const Civil civil = civil_of(moment);
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                                 civil.year,
                                 civil.month,
                                 civil.day,
                                 civil.hour,
                                 civil.minute,
                                 civil.second);
  if (moment.nanoseconds != 0) {
    text += fmt::format(".{:09}", moment.nanoseconds);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + (moment.offset.count() == 0 ? "Z" : to_text(moment.offset, ":"));
}

std::string to_text(std::chrono::minutes offset, std::string_view separator) {
  const auto minutes = std::abs(offset.count());
  return fmt::format(
      "{}{:02}{}{:02}", offset.count() < 0 ? '-' : '+', minutes / 60, separator, minutes % 60);
}

}  // namespace goflow::core::expression::calendar
