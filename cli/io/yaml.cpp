#include "cli/io/yaml.hpp"

#include "core/base/utf8.hpp"
#include "core/value/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace goflow::cli {
namespace {

using core::Value;

constexpr int indent = 2;

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

/// Words that some YAML reader takes for a boolean, null or a number.
bool is_special_word(std::string_view text) {
  constexpr std::array<std::string_view, 12> words{
      "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", ".nan"};
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
    return equals_ignoring_case(word, text);
  });
}

/// Controls, what some reader takes for the end of a line, and what marks the order of bytes.
bool is_unprintable(char32_t code) {
  constexpr std::array<char32_t, 5> others{0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF};
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) ||
         std::find(others.begin(), others.end(), code) != others.end();
}

bool is_printable(std::string_view text, char32_t allowed = 0) {
  while (!text.empty()) {
    const auto [code, length, valid] = core::utf8::first_character(text);
    if (is_unprintable(code) && code != allowed) return false;
    text.remove_prefix(length);
  }
  return true;
}

/// JSON is YAML, but for what JSON leaves as it is and YAML wants escaped.
std::string quoted(const Value& value) {
  const std::string json = core::to_json(value);
  if (is_printable(json)) return json;
  std::string text;
  for (std::string_view rest = json; !rest.empty();) {
    const auto [code, length, valid] = core::utf8::first_character(rest);
    if (is_unprintable(code)) {
      text += fmt::format("\\u{:04x}", static_cast<unsigned>(code));
    } else {
      text += rest.substr(0, length);
    }
    rest.remove_prefix(length);
  }
  return text;
}

/// Everything that could be a number or a date begins like one, and is quoted without a closer
/// look.
bool is_plain(std::string_view text) {
  if (text.empty() || is_special_word(text)) return false;
  constexpr std::string_view letters = "/_(";
  const auto first = static_cast<unsigned char>(text[0]);
  if (std::isalpha(first) == 0 && first < 0x80 && letters.find(text[0]) == std::string_view::npos) {
    return false;
  }
  if (text.back() == ' ' || text.back() == ':') return false;
  if (text.find(": ") != std::string_view::npos) return false;
  if (text.find(" #") != std::string_view::npos) return false;
  return is_printable(text);
}

/// A literal block shows the text as it is, so there must be nothing in it that YAML would change.
bool fits_literal_block(std::string_view text) {
  if (text.find('\n') == std::string_view::npos || text[0] == '\n' || text[0] == ' ') return false;
  if (text.find(" \n") != std::string_view::npos || text.back() == ' ') return false;
  if (text.size() >= 2 && text.substr(text.size() - 2) == "\n\n") return false;
  return is_printable(text, U'\n');
}

class YamlWriter {
 public:
  std::string write(const Value& value) {
    value_in_block(value, 0);
    return std::move(text_);
  }

 private:
  /// At the beginning of a line that is indented already.
  void value_in_block(const Value& value, int depth) {
    if (value.is_object() && !value.as_object().empty()) return members(value.as_object(), depth);
    if (value.is_array() && !value.as_array().empty()) return items(value.as_array(), depth);
    scalar(value, depth);
  }

  void members(const core::Object& object, int depth) {
    bool first = true;
    for (const auto& [key, value] : object) {
      if (!first) begin_line(depth);
      first = false;
      text_ += (is_plain(key) ? key : quoted(key)) + ":";
      after_key(value, depth);
    }
  }

  void after_key(const Value& value, int depth) {
    if (value.is_object() && !value.as_object().empty()) {
      text_ += '\n';
      begin_line(depth + indent);
      members(value.as_object(), depth + indent);
    } else if (value.is_array() && !value.as_array().empty()) {
      text_ += '\n';
      begin_line(depth + indent);
      items(value.as_array(), depth + indent);
    } else {
      text_ += ' ';
      scalar(value, depth + indent);
    }
  }

  void items(const core::Array& array, int depth) {
    bool first = true;
    for (const Value& item : array) {
      if (!first) begin_line(depth);
      first = false;
      text_ += "- ";
      value_in_block(item, depth + indent);
    }
  }

  void scalar(const Value& value, int depth) {
    if (value.is_text() && is_plain(value.as_text())) {
      text_ += value.as_text() + "\n";
    } else if (value.is_text() && fits_literal_block(value.as_text())) {
      literal_block(value.as_text(), std::max(depth, indent));
    } else {
      text_ += quoted(value) + "\n";
    }
  }

  void literal_block(std::string_view block, int depth) {
    const bool ends_with_break = block.back() == '\n';
    text_ += ends_with_break ? "|\n" : "|-\n";
    if (ends_with_break) block.remove_suffix(1);
    while (!block.empty()) {
      const std::string_view line = block.substr(0, block.find('\n'));
      if (!line.empty()) begin_line(depth);
      text_.append(line).append("\n");
      block.remove_prefix(std::min(line.size() + 1, block.size()));
    }
  }

  void begin_line(int depth) { text_.append(static_cast<std::size_t>(depth), ' '); }

  std::string text_;
};

}  // namespace

std::string to_yaml(const Value& value) {
  return YamlWriter().write(value);
}

}  // namespace goflow::cli
