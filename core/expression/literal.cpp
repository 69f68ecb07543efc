#include "core/expression/literal.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/characters.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace goflow::core::expression {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";

bool is_hex_digit(char character) {
  return hex_digits.find(character) != std::string_view::npos;
}

bool has_base(std::string_view text) {
  return char_at(text, 0) == '0' &&
         std::string_view("xXoObB").find(char_at(text, 1)) != std::string_view::npos;
}

/// Without the underscores; nullopt if one of them is not between two digits.
std::optional<std::string> without_underscores(std::string_view spelling) {
  std::string digits;
  for (std::size_t i = 0; i < spelling.size(); ++i) {
    if (spelling[i] != '_') {
      digits += spelling[i];
      continue;
    }
    const bool between =
        i > 0 && is_hex_digit(spelling[i - 1]) && is_hex_digit(char_at(spelling, i + 1));
    if (!between) return std::nullopt;
  }
  return digits;
}

int base_of(std::string_view digits) {
  if (!has_base(digits)) return 10;
  const char letter = digits[1];
  return letter == 'x' || letter == 'X' ? 16 : letter == 'o' || letter == 'O' ? 8 : 2;
}

/// What follows the 0x, 0o or 0b.
std::string_view digits_of(std::string_view text) {
  return has_base(text) ? text.substr(2) : text;
}

ExpressionError bad_number(std::string_view spelling, Place place) {
  return fault(Code::syntax, place, "'" + std::string(spelling) + "' is not a number");
}

ExpressionError number_too_large(std::string_view spelling, Place place) {
  return fault(
      Code::syntax, place, "the number " + std::string(spelling) + " is beyond what 64 bits hold");
}

Outcome read_integer(const std::string& digits, std::string_view spelling, Place place) {
  if (!is_integer_text(digits)) return bad_number(spelling, place);
  const auto magnitude = read_magnitude(digits);
  constexpr std::uint64_t two_to_63 = std::uint64_t{1} << 63U;
  if (!magnitude || *magnitude > two_to_63) return number_too_large(spelling, place);
  if (*magnitude == two_to_63) return Value();
  return Value(static_cast<std::int64_t>(*magnitude));
}

Outcome read_float(const std::string& digits, std::string_view spelling, Place place) {
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (end != digits.data() + digits.size()) return bad_number(spelling, place);
  // Too small a number is reported like too large a one, but reads as zero.
  const bool tiny =
      error == std::errc::result_out_of_range && digits.find("e-") != std::string::npos;
  if (tiny) return Value(0.0);
  if (error != std::errc() || !std::isfinite(number)) return number_too_large(spelling, place);
  return Value(number);
}

/// Reads one escape of a quoted text after another.
class EscapeReader {
 public:
  EscapeReader(std::string_view body, std::size_t offset) : body_(body), offset_(offset) {}

  /// Appends the character whose escape has its backslash at `at` and moves `at` behind it.
  Check read(std::size_t& at, std::string& out) const {
    constexpr std::string_view letters = "nrtbf0\\\"'";
    constexpr std::string_view characters("\n\r\t\b\f\0\\\"'", 9);
    const char letter = char_at(body_, at + 1);
    const std::size_t simple =
        at + 1 < body_.size() ? letters.find(letter) : std::string_view::npos;
    if (simple != std::string_view::npos) {
      out += characters[simple];
      at += 2;
      return {};
    }
    return read_code_point(at, out, letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0);
  }

 private:
  Check read_code_point(std::size_t& at, std::string& out, std::size_t digits) const {
    const std::string_view code = body_.substr(std::min(at + 2, body_.size()), digits);
    std::uint32_t character = 0;
    const auto end = std::from_chars(code.data(), code.data() + code.size(), character, 16).ptr;
    const bool read = digits != 0 && code.size() == digits && end == code.data() + digits;
    if (!read || (digits == 2 && character > 0x7F) || !utf8::append(out, character)) {
      return bad_escape(at, 2 + (read ? digits : 0));
    }
    at += 2 + digits;
    return {};
  }

  [[nodiscard]] ExpressionError bad_escape(std::size_t at, std::size_t size) const {
    const std::string_view escape = body_.substr(at, size);
    const std::size_t begin = offset_ + at;
    return fault(Code::syntax,
                 Place{begin, begin + escape.size()},
                 "unknown escape '" + std::string(escape) + "'",
                 "a backslash itself is written '\\\\'; within `…` nothing is escaped");
  }

  std::string_view body_;
  std::size_t offset_;
};

}  // namespace

std::size_t number_length(std::string_view text) {
  if (has_base(text)) return end_of_word(text, 0);
  std::size_t length = end_of_word(text, 0);
  // `1..3` is a range, and `1.` no number.
  if (char_at(text, length) == '.' && is_digit(char_at(text, length + 1)))
    length = end_of_word(text, length + 1);
  const bool exponent = length > 0 && (text[length - 1] == 'e' || text[length - 1] == 'E');
  const char sign = char_at(text, length);
  if (exponent && (sign == '-' || sign == '+')) length = end_of_word(text, length + 1);
  return length;
}

Outcome read_number(std::string_view spelling, Place place) {
  const auto digits = without_underscores(spelling);
  if (!digits) return bad_number(spelling, place);
  const bool is_float = !has_base(*digits) && digits->find_first_of(".eE") != std::string::npos;
  return is_float ? read_float(*digits, spelling, place) : read_integer(*digits, spelling, place);
}

Outcome read_text(std::string_view spelling, Place place) {
  const std::string_view body = spelling.substr(1, spelling.size() - 2);
  if (spelling[0] == '`') return Value(body);
  const EscapeReader escapes(body, place.begin + 1);
  std::string text;
  for (std::size_t i = 0; i < body.size();) {
    if (body[i] == '\\') {
      GOFLOW_TRY(escapes.read(i, text));
    } else {
      text += body[i++];
    }
  }
  return Value(std::move(text));
}

bool is_integer_text(std::string_view text) {
  const int base = base_of(text);
  const std::string_view allowed =
      base == 16 ? hex_digits : hex_digits.substr(0, static_cast<std::size_t>(base));
  const std::string_view digits = digits_of(text);
  return !digits.empty() && digits.find_first_not_of(allowed) == std::string_view::npos;
}

std::optional<std::uint64_t> read_magnitude(std::string_view text) {
  if (!is_integer_text(text)) return std::nullopt;
  const std::string_view digits = digits_of(text);
  std::uint64_t magnitude = 0;
  const char* const end = digits.data() + digits.size();
  const auto error = std::from_chars(digits.data(), end, magnitude, base_of(text)).ec;
  if (error != std::errc()) return std::nullopt;
  return magnitude;
}

}  // namespace goflow::core::expression
