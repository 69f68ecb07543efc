#include "cli/io/times.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace goflow::cli {
namespace {

using std::chrono::seconds;

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t week = 7 * day;
constexpr std::int64_t month = 30 * day;
constexpr std::int64_t year = 365 * day;

/// A span of time in the unit that fits it.
struct Span {
  std::int64_t up_to;  // seconds
  std::int64_t length;
  std::string_view name;
  std::string_view last = {};  // what one of them is called, looking back
  std::string_view next = {};
};
constexpr std::array<Span, 6> spans{{{hour, minute, "minute"},
                                     {day, hour, "hour"},
                                     {week, day, "day", "yesterday", "tomorrow"},
                                     {month, week, "week", "last week", "next week"},
                                     {year, month, "month", "last month", "next month"},
                                     {INT64_MAX, year, "year", "last year", "next year"}}};

std::string counted(std::int64_t count, std::string_view name) {
  return std::to_string(count).append(" ").append(name).append(count == 1 ? "" : "s");
}

std::string in_words(std::int64_t distance, const Span& span, bool past) {
  const std::int64_t count = distance / span.length;
  const std::string_view single = past ? span.last : span.next;
  if (count == 1 && !single.empty()) return std::string(single);
  return past ? counted(count, span.name) + " ago" : "in " + counted(count, span.name);
}

std::chrono::year_month_day date_of(core::Timestamp time) {
  return std::chrono::floor<std::chrono::days>(time);
}

}  // namespace

std::string relative_time(core::Timestamp time, core::Timestamp now) {
  const std::int64_t age = std::chrono::floor<seconds>(now - time).count();
  const std::int64_t distance = age < 0 ? -age : age;
  if (distance < minute) return age < 0 ? "in a moment" : "just now";
  for (const Span& span : spans) {
    if (distance < span.up_to) return in_words(distance, span, age > 0);
  }
  return "long ago";
}

std::string day_and_time(core::Timestamp time, core::Timestamp now) {
  constexpr std::array<const char*, 12> months{
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::year_month_day date = date_of(time);
  const std::chrono::hh_mm_ss clock{
      std::chrono::floor<seconds>(time - std::chrono::floor<std::chrono::days>(time))};
  std::string text = fmt::format("{} {}",
                                 static_cast<unsigned>(date.day()),
                                 months.at(static_cast<unsigned>(date.month()) - 1));
  if (date.year() != date_of(now).year()) text += fmt::format(" {}", static_cast<int>(date.year()));
  return text + fmt::format(" {:02}:{:02}:{:02} UTC",
                            static_cast<int>(clock.hours().count()),
                            static_cast<int>(clock.minutes().count()),
                            static_cast<int>(clock.seconds().count()));
}

std::string plain_seconds(std::chrono::microseconds duration) {
  return fmt::format("{:.3f}", static_cast<double>(duration.count()) / 1e6);
}

std::string format_size(std::int64_t bytes) {
  constexpr std::array<const char*, 4> units{"MB", "GB", "TB", "PB"};
  if (bytes < 1000) return std::to_string(bytes) + " B";
  if (bytes < 999'500) return fmt::format("{:.0f} kB", static_cast<double>(bytes) / 1e3);
  double size = static_cast<double>(bytes) / 1e6;
  std::size_t unit = 0;
  while (size >= 999.95 && unit + 1 < units.size()) {
    size /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", size, units.at(unit));
}

}  // namespace goflow::cli
