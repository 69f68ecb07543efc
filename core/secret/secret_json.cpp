#include "core/secret/secret_json.hpp"

#include "core/base/utf8.hpp"

#include <algorithm>
#include <cassert>

namespace goflow::core {
namespace {

constexpr int deepest = 200;
constexpr std::string_view white_space = " \t\r\n";

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

int hex_digit(char letter) {
  if (is_digit(letter)) return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

/// The number of the four digits at the front; nullopt when there are none.
std::optional<char32_t> four_digits(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  char32_t number = 0;
  for (const char letter : text.substr(0, 4)) {
    const int digit = hex_digit(letter);
    if (digit < 0) return std::nullopt;
    number = number * 16 + static_cast<char32_t>(digit);
  }
  return number;
}

bool is_high_surrogate(char32_t code) {
  return code >= 0xD800 && code < 0xDC00;
}
bool is_low_surrogate(char32_t code) {
  return code >= 0xDC00 && code < 0xE000;
}

struct Escape {
  char32_t code = 0;
  std::size_t length = 0;  // 0: it is none
};

/// What a backslash and the letters after it mean.
Escape escape_at(std::string_view text) {
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  if (text.size() < 2) return {};
  if (const auto at = letters.find(text[1]); at != std::string_view::npos) {
    return {static_cast<char32_t>(meanings[at]), 2};
  }
  if (text[1] != 'u') return {};
  const auto first = four_digits(text.substr(2));
  if (!first || is_low_surrogate(*first)) return {};
  if (!is_high_surrogate(*first)) return {*first, 6};
  if (text.substr(6, 2) != "\\u") return {};
  const auto second = four_digits(text.substr(8));
  if (!second || !is_low_surrogate(*second)) return {};
  return {0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00), 12};
}

/// Goes through the text once; each step is false where the text is no JSON.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  /// Calls `found` with the name and the value of each member.
  template <class Found>
  bool object(const Found& found);
  /// Calls `found` with each item.
  template <class Found>
  bool array(const Found& found);
  bool value();
  void space() { at_ = std::min(text_.find_first_not_of(white_space, at_), text_.size()); }
  [[nodiscard]] bool is_at_end() const { return at_ == text_.size(); }

 private:
  [[nodiscard]] char front() const { return is_at_end() ? '\0' : text_[at_]; }
  bool take(char letter);
  bool take(std::string_view word);
  bool quoted();
  bool number();
  bool digits();
  bool nested();
  [[nodiscard]] std::string_view since(std::size_t start) const {
    return text_.substr(start, at_ - start);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

template <class Found>
bool Scanner::object(const Found& found) {
  if (!take('{')) return false;
  space();
  if (take('}')) return true;
  do {
    space();
    const std::size_t name_start = at_;
    if (!quoted()) return false;
    const std::string_view name = since(name_start);
    space();
    if (!take(':')) return false;
    space();
    const std::size_t value_start = at_;
    if (!value()) return false;
    found(name, since(value_start));
    space();
  } while (take(','));
  return take('}');
}

template <class Found>
bool Scanner::array(const Found& found) {
  if (!take('[')) return false;
  space();
  if (take(']')) return true;
  do {
    space();
    const std::size_t start = at_;
    if (!value()) return false;
    found(since(start));
    space();
  } while (take(','));
  return take(']');
}

bool Scanner::value() {
  switch (front()) {
    case '"':
      return quoted();
    case '{':
    case '[':
      return nested();
    case 't':
      return take("true");
    case 'f':
      return take("false");
    case 'n':
      return take("null");
    default:
      return number();
  }
}

bool Scanner::nested() {
  if (++depth_ >= deepest) return false;
  const bool is_right = front() == '{' ? object([](std::string_view, std::string_view) {})
                                       : array([](std::string_view) {});
  --depth_;
  return is_right;
}

bool Scanner::quoted() {
  if (!take('"')) return false;
  while (!is_at_end() && text_[at_] != '"') {
    if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
    const std::size_t length = text_[at_] == '\\' ? escape_at(text_.substr(at_)).length : 1;
    if (length == 0) return false;
    at_ += length;
  }
  return take('"');
}

bool Scanner::number() {
  take('-');
  if (!take('0') && !digits()) return false;
  if (take('.') && !digits()) return false;
  if (!take('e') && !take('E')) return true;
  if (!take('+')) take('-');
  return digits();
}

bool Scanner::digits() {
  const std::size_t start = at_;
  while (is_digit(front())) {
    ++at_;
  }
  return at_ > start;
}

bool Scanner::take(char letter) {
  if (is_at_end() || text_[at_] != letter) return false;
  ++at_;
  return true;
}

bool Scanner::take(std::string_view word) {
  if (!text_.substr(at_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

}  // namespace

std::optional<std::vector<JsonMember>> json_members(std::string_view text) {
  if (utf8::first_invalid(text)) return std::nullopt;
  std::vector<JsonMember> members;
  Scanner scanner(text);
  scanner.space();
  const bool is_object = scanner.object([&](std::string_view name, std::string_view value) {
    members.push_back({name, value});
  });
  scanner.space();
  if (!is_object || !scanner.is_at_end()) return std::nullopt;
  return members;
}

std::optional<std::vector<std::string_view>> json_items(std::string_view text) {
  if (utf8::first_invalid(text)) return std::nullopt;
  std::vector<std::string_view> items;
  Scanner scanner(text);
  scanner.space();
  const bool is_array = scanner.array([&](std::string_view item) { items.push_back(item); });
  scanner.space();
  if (!is_array || !scanner.is_at_end()) return std::nullopt;
  return items;
}

std::string_view plain_text_of(const std::vector<JsonMember>& members, std::string_view name) {
  const auto inside = [](std::string_view quoted) { return quoted.substr(1, quoted.size() - 2); };
  const auto member = std::find_if(members.begin(), members.end(), [&](const JsonMember& other) {
    return inside(other.name) == name;
  });
  const bool is_text = member != members.end() && member->value.starts_with('"');
  return is_text ? inside(member->value) : std::string_view();
}

Secret decode_json_text(std::string_view quoted) {
  assert(quoted.size() >= 2);
  SecretBuffer decoded(quoted.size());
  std::string character;
  for (std::size_t at = 1; at + 1 < quoted.size();) {
    if (quoted[at] != '\\') {
      decoded.append(quoted[at++]);
      continue;
    }
    const Escape escape = escape_at(quoted.substr(at));
    utf8::append(character, escape.code);
    decoded.append(character);
    wipe(character);
    at += escape.length;
  }
  return std::move(decoded).finish();
}

Secret compact_json(std::string_view text) {
  SecretBuffer compact(text.size());
  bool is_quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    const bool is_space = white_space.find(letter) != std::string_view::npos;
    if (is_quoted || !is_space) compact.append(letter);
    if (letter == '"') is_quoted = !is_quoted;
    // What it escapes must not be taken for the end of the text.
    if (letter == '\\') compact.append(text[++at]);
  }
  return std::move(compact).finish();
}

}  // namespace goflow::core
