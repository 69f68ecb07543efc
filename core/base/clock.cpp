#include "core/base/clock.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace goflow::core {
namespace {

/// Takes exactly `width` digits off the front.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int number = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return number;
}

bool take_one_of(std::string_view& text, std::string_view characters) {
  if (text.empty() || characters.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::microseconds> take_fraction(std::string_view& text) {
  if (!take_one_of(text, ".")) return std::chrono::microseconds{0};
  std::int64_t micros = 0;
  std::size_t digits = 0;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    if (digits < 6) micros = micros * 10 + (text[0] - '0');
    ++digits;
    text.remove_prefix(1);
  }
  if (digits == 0 || digits > 9) return std::nullopt;
  for (; digits < 6; ++digits) {
    micros *= 10;
  }
  return std::chrono::microseconds{micros};
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
  if (take_one_of(text, "Zz")) return std::chrono::minutes{0};
  if (text.empty()) return std::nullopt;
  const int sign = text[0] == '-' ? -1 : 1;
  if (!take_one_of(text, "+-")) return std::nullopt;
  auto hours = take_digits(text, 2);
  if (!hours || *hours > 23 || !take_one_of(text, ":")) return std::nullopt;
  auto minutes = take_digits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return std::chrono::minutes{sign * (*hours * 60 + *minutes)};
}

/// Gives the place behind them.
template <std::size_t width>
char* write_digits(char* at, unsigned number) {
  for (std::size_t i = width; i-- > 0;) {
    at[i] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return at + width;
}

void append(std::string& text, Timestamp time, bool with_fraction) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  // A second has a million of them and a day 86,400 of those: quick to divide in 32 bits.
  const auto micros = static_cast<std::uint64_t>((time - day).count());
  const auto second = static_cast<std::uint32_t>(micros / 1'000'000);
  const int year = static_cast<int>(date.year());
  constexpr int last_of_four_digits = 9999;
  std::array<char, sizeof "-01-19T09:12:44.001234Z2026"> rest{};
  char* end = rest.data();
  if (year >= 0 && year <= last_of_four_digits) {
    end = write_digits<4>(end, static_cast<unsigned>(year));
  } else {
    text += std::to_string(year);
  }
  const auto add_two = [&end](char before, unsigned number) {
    *end++ = before;
    end = write_digits<2>(end, number);
  };
  add_two('-', static_cast<unsigned>(date.month()));
  add_two('-', static_cast<unsigned>(date.day()));
  add_two('T', second / 3600);
  add_two(':', second / 60 % 60);
  add_two(':', second % 60);
  if (with_fraction) {
    *end++ = '.';
    end = write_digits<6>(end, static_cast<unsigned>(micros % 1'000'000));
  }
  *end++ = 'Z';
  text.append(rest.data(), end);
}

}  // namespace

Timestamp SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::string format_rfc3339(Timestamp time) {
  std::string text;
  append(text, time, true);
  return text;
}

std::string format_rfc3339_seconds(Timestamp time) {
  std::string text;
  append_rfc3339_seconds(text, time);
  return text;
}

void append_rfc3339_seconds(std::string& text, Timestamp time) {
  append(text, time, false);
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  auto year = take_digits(text, 4);
  if (!year || !take_one_of(text, "-")) return std::nullopt;
  auto month = take_digits(text, 2);
  if (!month || !take_one_of(text, "-")) return std::nullopt;
  auto day = take_digits(text, 2);
  if (!day || !take_one_of(text, "Tt ")) return std::nullopt;
  auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take_one_of(text, ":")) return std::nullopt;
  auto minute = take_digits(text, 2);
  if (!minute || *minute > 59 || !take_one_of(text, ":")) return std::nullopt;
  auto second = take_digits(text, 2);
  if (!second || *second > 60) return std::nullopt;
  auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;

  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Timestamp{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
         std::chrono::minutes{*minute} + std::chrono::seconds{*second} + *fraction - *offset;
}

}  // namespace goflow::core
