#include "engine/nodes/http_address.hpp"

#include "core/value/json.hpp"

#include <algorithm>
#include <cctype>

namespace goflow::engine {
namespace {

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.size() >= beginning.size() &&
         std::equal(beginning.begin(), beginning.end(), text.begin(), [](char a, unsigned char b) {
           return a == std::tolower(b);
         });
}

void append_percent(std::string& text, unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  text += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
}

void append_field(std::string& fields, std::string_view text, Blank blank) {
  constexpr std::string_view unreserved_marks = "-._~";
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    const bool is_plain =
        byte < 0x80 &&
        (std::isalnum(byte) != 0 || unreserved_marks.find(character) != std::string_view::npos);
    if (is_plain) {
      fields += character;
    } else if (byte == ' ' && blank == Blank::plus) {
      fields += '+';
    } else {
      append_percent(fields, byte);
    }
  }
}

}  // namespace

bool is_web_address(std::string_view url) {
  return begins_with(url, "http://") || begins_with(url, "https://");
}

std::string encoded_address(std::string_view url) {
  std::string encoded;
  for (const char character : url) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte > ' ' && byte < 0x7F) {
      encoded += character;
    } else {
      append_percent(encoded, byte);
    }
  }
  return encoded;
}

std::string encoded_fields(const core::Object& fields, Blank blank) {
  std::string encoded;
  const auto add = [&](std::string_view name, const core::Value& value) {
    if (value.is_null()) return;
    if (!encoded.empty()) encoded += '&';
    append_field(encoded, name, blank);
    encoded += '=';
    append_field(encoded, core::to_text(value), blank);
  };
  for (const auto& [name, value] : fields) {
    if (!value.is_array()) {
      add(name, value);
      continue;
    }
    for (const core::Value& item : value.as_array()) {
      add(name, item);
    }
  }
  return encoded;
}

std::string with_query(std::string url, const std::string& fields) {
  if (fields.empty()) return url;
  const std::size_t end = std::min(url.find('#'), url.size());
  const std::size_t mark = url.find('?');
  const bool has_query = mark < end;
  const bool is_open = has_query && (mark + 1 == end || url[end - 1] == '&');
  url.insert(end, (!has_query ? "?" : is_open ? "" : "&") + fields);
  return url;
}

}  // namespace goflow::engine
