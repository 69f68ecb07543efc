#include "core/expression/calendar/text_cursor.hpp"

#include "core/expression/characters.hpp"

#include <algorithm>
#include <charconv>

namespace goflow::core::expression::calendar {
namespace {

char lowered(char character) {
  const bool is_upper = character >= 'A' && character <= 'Z';
  return is_upper ? static_cast<char>(character - 'A' + 'a') : character;
}

std::size_t digit_count(std::string_view text) {
  const auto* const end = std::find_if_not(text.begin(), text.end(), is_digit);
  return static_cast<std::size_t>(end - text.begin());
}

}  // namespace

bool TextCursor::take(std::string_view words) {
  if (!rest_.starts_with(words)) return false;
  rest_.remove_prefix(words.size());
  return true;
}

bool TextCursor::take_one_of(std::string_view characters) {
  if (rest_.empty() || characters.find(rest_[0]) == std::string_view::npos) return false;
  rest_.remove_prefix(1);
  return true;
}

std::optional<int> TextCursor::take_digits(std::size_t least, std::size_t most) {
  const std::size_t count = std::min(digit_count(rest_), most);
  if (count < least) return std::nullopt;
  int number = 0;
  std::from_chars(rest_.data(), rest_.data() + count, number);
  rest_.remove_prefix(count);
  return number;
}

std::optional<std::int32_t> TextCursor::take_fraction(std::size_t digits) {
  constexpr std::size_t finest = 9;
  if (!rest_.starts_with('.')) return std::nullopt;
  const std::size_t present = digit_count(rest_.substr(1));
  const std::size_t written = digits == 0 ? present : digits;
  if (written == 0 || written > finest || written > present) return std::nullopt;
  take(".");
  auto number = take_digits(written, written);
  for (std::size_t i = written; i < finest; ++i) {
    *number *= 10;
  }
  return number;
}

std::optional<std::chrono::minutes> TextCursor::take_offset() {
  if (take_one_of("Zz")) return std::chrono::minutes{0};
  const bool negative = rest_.starts_with('-');
  if (!take_one_of("+-")) return std::nullopt;
  const auto hours = take_digits(2, 2);
  take(":");
  const auto minutes = take_digits(2, 2);
  if (!hours || *hours > 23 || !minutes || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset{*hours * 60 + *minutes};
  return negative ? -offset : offset;
}

bool TextCursor::take_ignoring_case(std::string_view words) {
  const bool fits =
      rest_.size() >= words.size() &&
      std::equal(words.begin(), words.end(), rest_.begin(), [](char wanted, char written) {
        return lowered(wanted) == lowered(written);
      });
  if (fits) rest_.remove_prefix(words.size());
  return fits;
}

std::optional<std::int64_t> TextCursor::take_integer() {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
  if (error != std::errc()) return std::nullopt;
  rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
  return number;
}

}  // namespace goflow::core::expression::calendar
