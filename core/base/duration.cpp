#include "core/base/duration.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace goflow::core {
namespace {

constexpr double longest_ms = 3650.0 * 24 * 60 * 60 * 1000;

struct Unit {
  std::string_view name;
  double milliseconds;
};
// Largest first: a text may only go down this list.
constexpr std::array<Unit, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};

/// Digits, and perhaps a point and more digits; no sign, no exponent.
std::optional<double> take_number(std::string_view& text) {
  std::size_t length = 0;
  bool point = false;
  while (length < text.size() &&
         ((text[length] >= '0' && text[length] <= '9') || (text[length] == '.' && !point))) {
    point = point || text[length] == '.';
    ++length;
  }
  if (length == 0 || text[0] == '.' || text[length - 1] == '.') return std::nullopt;
  double number = 0;
  std::from_chars(text.data(), text.data() + length, number);
  text.remove_prefix(length);
  return number;
}

std::string_view take_unit(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && text[length] >= 'a' && text[length] <= 'z') {
    ++length;
  }
  const std::string_view unit = text.substr(0, length);
  text.remove_prefix(length);
  return unit;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  double total = 0;
  bool bare = false;
  std::size_t next_unit = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    auto number = take_number(text);
    if (!number || bare) return std::nullopt;
    const std::string_view name = take_unit(text);
    if (name.empty()) {
      if (next_unit != 0 || !text.empty()) return std::nullopt;
      bare = true;
      total = *number * 1000;
      continue;
    }
    while (next_unit < units.size() && units.at(next_unit).name != name) {
      ++next_unit;
    }
    if (next_unit == units.size()) return std::nullopt;
    total += *number * units.at(next_unit).milliseconds;
    ++next_unit;
  }
  if (!(total <= longest_ms)) return std::nullopt;
  return std::chrono::milliseconds{static_cast<std::int64_t>(std::llround(total))};
}

std::string spell_duration(std::chrono::milliseconds duration) {
  if (duration.count() == 0) return "0s";
  std::string text;
  auto rest = duration.count();
  for (const Unit& unit : units) {
    const auto size = static_cast<std::chrono::milliseconds::rep>(unit.milliseconds);
    if (rest >= size) text += std::to_string(rest / size) + std::string(unit.name);
    rest %= size;
  }
  return text;
}

std::string format_duration(std::chrono::microseconds duration) {
  const double ms = static_cast<double>(duration.count()) / 1000.0;
  std::array<char, 32> text{};
  auto write = [&text](const char* format, double number) {
    std::snprintf(text.data(), text.size(), format, number);
  };
  // The bounds are where rounding would show the next unit's first value.
  if (ms < 999.5) {
    write("%.0fms", ms);
  } else if (ms < 59'950) {
    write("%.1fs", ms / 1000);
  } else if (ms < 3'597'000) {
    write("%.1fm", ms / 60'000);
  } else if (ms < 86'220'000) {
    write("%.1fh", ms / 3'600'000);
  } else {
    write("%.1fd", ms / 86'400'000);
  }
  return text.data();
}

}  // namespace goflow::core
