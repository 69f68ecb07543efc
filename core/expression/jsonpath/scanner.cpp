#include "core/expression/jsonpath/scanner.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/characters.hpp"
#include "core/value/json.hpp"

#include <charconv>
#include <optional>
#include <utility>

namespace goflow::core::expression::jsonpath {
namespace {

bool begins_member_name(char character) {
  return begins_word(character) || static_cast<unsigned char>(character) >= 0x80;
}

bool continues_member_name(char character) {
  return begins_member_name(character) || is_digit(character);
}

bool is_lower(char character) {
  return character >= 'a' && character <= 'z';
}

std::size_t end_of_digits(std::string_view text, std::size_t from) {
  while (is_digit(char_at(text, from))) {
    ++from;
  }
  return from;
}

/// The length of a number of JSON at the front; 0: there is none.
std::size_t number_length(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  if (!is_digit(char_at(text, at))) return 0;
  at = text[at] == '0' ? at + 1 : end_of_digits(text, at);
  if (char_at(text, at) == '.') {
    if (!is_digit(char_at(text, at + 1))) return 0;
    at = end_of_digits(text, at + 1);
  }
  if (char_at(text, at) == 'e' || char_at(text, at) == 'E') {
    ++at;
    if (char_at(text, at) == '+' || char_at(text, at) == '-') ++at;
    if (!is_digit(char_at(text, at))) return 0;
    at = end_of_digits(text, at);
  }
  return is_word(char_at(text, at)) ? 0 : at;
}

bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}

bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

}  // namespace

bool Scanner::at_digit_or_minus() const {
  return is_digit(here()) || here() == '-';
}

void Scanner::skip_blank() {
  while (is_space(here())) {
    ++at_;
  }
}

bool Scanner::take(std::string_view words) {
  if (!at(words)) return false;
  at_ += words.size();
  return true;
}

std::string_view Scanner::take_word() {
  const std::size_t begin = at_;
  while (is_lower(here()) || (at_ > begin && (is_digit(here()) || here() == '_'))) {
    ++at_;
  }
  return text_.substr(begin, at_ - begin);
}

std::string_view Scanner::take_member_name() {
  if (!begins_member_name(here())) return {};
  const std::size_t begin = at_;
  while (continues_member_name(here())) {
    ++at_;
  }
  return text_.substr(begin, at_ - begin);
}

Result<std::int64_t, ExpressionError> Scanner::take_integer() {
  constexpr std::int64_t largest = 9007199254740991;
  const std::size_t begin = at_;
  at_ = end_of_digits(text_, here() == '-' ? at_ + 1 : at_);
  const std::string_view spelling = text_.substr(begin, at_ - begin);
  const std::string_view digits = spelling.substr(spelling.starts_with('-') ? 1 : 0);
  const bool padded = digits.starts_with('0') && spelling != "0";
  std::int64_t number = 0;
  const auto error = std::from_chars(spelling.data(), spelling.data() + spelling.size(), number).ec;
  const bool exact = number >= -largest && number <= largest;
  if (!digits.empty() && !padded && error == std::errc() && exact) return number;
  return fault(Code::syntax,
               since(begin),
               "'" + std::string(spelling) + "' is not an index",
               padded ? "write it without leading zeros" : "");
}

Outcome Scanner::take_number() {
  const std::size_t begin = at_;
  const std::size_t length = number_length(rest());
  if (length == 0) {
    at_ = end_of_digits(text_, at_ + 1);
    return fault(Code::syntax,
                 since(begin),
                 "'" + std::string(spelling(since(begin))) + "' is not a number",
                 "numbers are written as in JSON: 0.5, -1, 1e3");
  }
  at_ += length;
  auto number = parse_json(text_.substr(begin, length));
  if (number) return *std::move(number);
  return fault(Code::syntax, since(begin), "the number is out of range");
}

Result<std::string, ExpressionError> Scanner::take_quoted() {
  const std::size_t begin = at_;
  const char quote = text_[at_++];
  std::string out;
  while (here() != quote) {
    if (at_end()) return fault(Code::syntax, {begin, begin + 1}, "the text is not closed");
    if (static_cast<unsigned char>(here()) < ' ') {
      return fault(Code::syntax,
                   {at_, at_ + 1},
                   "control character in a text",
                   "write it as an escape: \\n, \\t, \\u0001");
    }
    if (here() == '\\') {
      GOFLOW_TRY(take_escape(quote, out));
    } else {
      out += text_[at_++];
    }
  }
  ++at_;
  return out;
}

ExpressionError Scanner::unexpected(std::string hint) const {
  if (at_end()) return fault(Code::syntax, {at_, at_}, "unexpected end", std::move(hint));
  const std::string_view character = utf8::first(rest());
  const Place place{at_, at_ + character.size()};
  const bool visible = static_cast<unsigned char>(character[0]) > ' ' && character[0] != '\x7f';
  const std::string what = visible         ? "unexpected '" + std::string(character) + "'"
                           : here() == ' ' ? "unexpected blank"
                                           : "unexpected control character";
  return fault(Code::syntax, place, what, std::move(hint));
}

Check Scanner::take_escape(char quote, std::string& out) {
  constexpr std::string_view letters = "bfnrt/\\";
  constexpr std::string_view characters = "\b\f\n\r\t/\\";
  const std::size_t escape = at_;
  const char letter = char_at(text_, at_ + 1);
  if (letter == 'u') return take_code_point(escape, out);
  const std::size_t known = at_ + 1 < text_.size() ? letters.find(letter) : std::string_view::npos;
  if (known == std::string_view::npos && letter != quote) {
    const std::string_view bytes = utf8::first(text_.substr(std::min(at_ + 1, text_.size())));
    return fault(Code::syntax,
                 {escape, escape + 1 + bytes.size()},
                 "unknown escape '\\" + std::string(bytes) + "'",
                 "a backslash itself is written '\\\\'");
  }
  out += letter == quote ? quote : characters[known];
  at_ += 2;
  return {};
}

Check Scanner::take_code_point(std::size_t escape, std::string& out) {
  constexpr std::size_t length = 6;  // of \uXXXX
  auto unit = code_unit(escape);
  std::size_t end = escape + length;
  if (unit && is_high_surrogate(*unit)) {
    const auto low = code_unit(end);
    end += length;
    if (!low || !is_low_surrogate(*low)) {
      unit = std::nullopt;
    } else {
      unit = 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00);
    }
  }
  // A lone low surrogate is no character, which `append` knows.
  if (!unit || !utf8::append(out, *unit)) {
    return fault(Code::syntax,
                 {escape, std::min(escape + length, text_.size())},
                 "'\\u' without the four hexadecimal digits of a character");
  }
  at_ = end;
  return {};
}

std::optional<char32_t> Scanner::code_unit(std::size_t at) const {
  if (at + 6 > text_.size() || text_.substr(at, 2) != "\\u") return std::nullopt;
  const std::string_view digits = text_.substr(at + 2, 4);
  std::uint32_t unit = 0;
  const auto* const end = digits.data() + digits.size();
  if (std::from_chars(digits.data(), end, unit, 16).ptr != end) return std::nullopt;
  return unit;
}

}  // namespace goflow::core::expression::jsonpath
