#include "core/secret/spelling.hpp"

#include "core/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <string>
#include <vector>

namespace goflow::core {
namespace {

/// Another way to write the next bytes of a form than as they are.
struct Escape {
  std::string text;
  std::size_t bytes = 1;  // of the form
  bool has_hex = false;   // whose digits may be capitals
};

bool may_stand_plainly(Spelling spelling, char byte) {
  switch (spelling) {
    case Spelling::json:
      return byte != '\\';
    case Spelling::url:
      return byte != '%';
    case Spelling::plain:
    case Spelling::base64:
      return true;
  }
  return true;
}

/// So that the many texts that only begin like a secret are put aside quickly.
bool may_begin_escape(Spelling spelling, char letter) {
  switch (spelling) {
    case Spelling::plain:
      return false;
    case Spelling::json:
      return letter == '\\';
    case Spelling::url:
      return letter == '%' || letter == '+';
    case Spelling::base64:
      return letter == '-' || letter == '_' || letter == '\r' || letter == '\n';
  }
  return false;
}

std::string utf16_escape(char32_t code) {
  const auto number = static_cast<std::uint32_t>(code);
  if (number < 0x10000) return fmt::format("\\u{:04x}", number);
  const std::uint32_t offset = number - 0x10000;
  return fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (offset >> 10U), 0xDC00 + (offset & 0x3FFU));
}

std::vector<Escape> json_escapes(std::string_view rest) {
  if (is_never_escaped(rest.front())) return {};
  std::vector<Escape> escapes;
  constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
  constexpr std::string_view letters = "\"\\/bfnrt";
  if (const auto at = characters.find(rest.front()); at != std::string_view::npos) {
    escapes.push_back({.text = {'\\', letters[at]}});
  }
  const utf8::Character character = utf8::first_character(rest);
  if (character.valid) {
    escapes.push_back(
        {.text = utf16_escape(character.code), .bytes = character.length, .has_hex = true});
  }
  return escapes;
}

std::vector<Escape> url_escapes(char byte) {
  if (is_never_escaped(byte)) return {};
  std::vector<Escape> escapes;
  escapes.push_back(
      {.text = fmt::format("%{:02x}", static_cast<unsigned char>(byte)), .has_hex = true});
  if (byte == ' ') escapes.push_back({.text = "+"});
  return escapes;
}

std::vector<Escape> base64_escapes(std::string_view letters, std::size_t at) {
  std::string ways(1, letters[at]);
  if (letters[at] == '+') ways += '-';
  if (letters[at] == '/') ways += '_';
  std::vector<Escape> escapes;
  for (const char letter : ways) {
    if (letter != letters[at]) escapes.push_back({.text = {letter}});
    if (at == 0) continue;
    escapes.push_back({.text = {'\n', letter}});
    escapes.push_back({.text = {'\r', '\n', letter}});
  }
  return escapes;
}

/// No two of them, nor one and the bytes as they are, fit the same text.
std::vector<Escape> escapes_at(const SecretForm& form, std::size_t at) {
  const std::string_view bytes = as_text(form.bytes);
  switch (form.spelling) {
    case Spelling::plain:
      return {};
    case Spelling::json:
      return json_escapes(bytes.substr(at));
    case Spelling::url:
      return url_escapes(bytes[at]);
    case Spelling::base64:
      return base64_escapes(bytes, at);
  }
  return {};
}

char small_hex_digit(char letter) {
  return letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

Fit fit_of(const Escape& escape, std::string_view text) {
  const std::size_t length = std::min(escape.text.size(), text.size());
  for (std::size_t i = 0; i < length; ++i) {
    if ((escape.has_hex ? small_hex_digit(text[i]) : text[i]) != escape.text[i]) return Fit::none;
  }
  return length == escape.text.size() ? Fit::whole : Fit::cut_off;
}

FormMatch match_plainly(std::string_view bytes, std::string_view text, TextEnd end) {
  if (text.starts_with(bytes)) return {Fit::whole, bytes.size()};
  const bool is_cut_off = end == TextEnd::open && bytes.starts_with(text);
  return {is_cut_off ? Fit::cut_off : Fit::none};
}

/// 64: none of them.
unsigned base64_value(char letter) {
  if (letter >= 'A' && letter <= 'Z') return static_cast<unsigned>(letter - 'A');
  if (letter >= 'a' && letter <= 'z') return static_cast<unsigned>(letter - 'a') + 26;
  if (letter >= '0' && letter <= '9') return static_cast<unsigned>(letter - '0') + 52;
  if (letter == '+' || letter == '-') return 62;
  return letter == '/' || letter == '_' ? 63 : 64;
}

/// Takes in the letter that holds the last bits of the secret, and the padding after it.
FormMatch with_rest(const SecretForm& form, std::string_view text, FormMatch shown, TextEnd end) {
  if (form.rest_bits == 0) return shown;
  const FormMatch stopped{end == TextEnd::open ? Fit::cut_off : Fit::whole, shown.length};
  if (shown.length == text.size()) return stopped;
  const unsigned shared_bits = 6 - form.rest_bits;
  const unsigned value = base64_value(text[shown.length]);
  if (value >> shared_bits != form.rest) return shown;
  ++shown.length;
  const bool is_last = (value & ((1U << shared_bits) - 1U)) == 0;
  for (unsigned padding = is_last ? shared_bits / 2 : 0; padding > 0; --padding) {
    if (shown.length == text.size()) return {stopped.fit, shown.length};
    if (text[shown.length] != '=') break;
    ++shown.length;
  }
  return shown;
}

/// All that differ in the case of hexadecimal digits.
std::vector<std::string> in_either_case(const Escape& escape) {
  std::vector<std::string> texts{escape.text};
  if (!escape.has_hex) return texts;
  for (std::size_t i = 0; i < escape.text.size(); ++i) {
    const char letter = escape.text[i];
    if (letter < 'a' || letter > 'f') continue;
    for (std::size_t known = texts.size(); known > 0; --known) {
      texts.push_back(texts[known - 1]);
      texts.back()[i] = static_cast<char>(letter - 'a' + 'A');
    }
  }
  return texts;
}

void collect_leads(const SecretForm& form,
                   std::size_t at,
                   const std::string& begun,
                   WipedVector<std::uint32_t>& leads) {
  if (begun.size() >= lead_length) {
    leads.push_back(lead_of(begun.data()));
    return;
  }
  assert(at < form.bytes.size());
  if (may_stand_plainly(form.spelling, form.bytes[at])) {
    collect_leads(form, at + 1, begun + form.bytes[at], leads);
  }
  for (const Escape& escape : escapes_at(form, at)) {
    for (const std::string& text : in_either_case(escape)) {
      collect_leads(form, at + escape.bytes, begun + text, leads);
    }
  }
}

}  // namespace

bool is_never_escaped(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
}

FormMatch match_form(const SecretForm& form, std::string_view text, TextEnd end) {
  const std::string_view bytes = as_text(form.bytes);
  if (form.spelling == Spelling::plain) return match_plainly(bytes, text, end);
  const Fit fit_at_end = end == TextEnd::open ? Fit::cut_off : Fit::none;
  std::size_t shown = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (shown == text.size()) return {fit_at_end};
    if (text[shown] == bytes[at] && may_stand_plainly(form.spelling, bytes[at])) {
      ++shown;
      ++at;
      continue;
    }
    if (!may_begin_escape(form.spelling, text[shown])) return {};
    Fit fit = Fit::none;
    for (const Escape& escape : escapes_at(form, at)) {
      fit = fit_of(escape, text.substr(shown));
      if (fit == Fit::none) continue;
      if (fit == Fit::cut_off) return {fit_at_end};
      shown += escape.text.size();
      at += escape.bytes;
      break;
    }
    if (fit == Fit::none) return {};
  }
  return with_rest(form, text, {Fit::whole, shown}, end);
}

WipedVector<std::uint32_t> leads_of(const SecretForm& form) {
  WipedVector<std::uint32_t> leads;
  collect_leads(form, 0, {}, leads);
  std::sort(leads.begin(), leads.end());
  leads.erase(std::unique(leads.begin(), leads.end()), leads.end());
  return leads;
}

}  // namespace goflow::core
