#include "core/secret/secret_form.hpp"

#include "core/base/base64.hpp"
#include "core/secret/spelling.hpp"

#include <string.h>

#include <algorithm>
#include <string>
#include <utility>

namespace goflow::core {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white_space = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

/// Without white space around them and without the empty ones.
std::vector<std::string_view> lines_of(std::string_view value) {
  std::vector<std::string_view> lines;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find_first_of("\r\n"), value.size());
    if (const auto line = trimmed(value.substr(0, end)); !line.empty()) lines.push_back(line);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return lines;
}

/// The value and its lines, each once.
std::vector<std::string_view> parts_of(std::string_view value) {
  std::vector<std::string_view> parts = lines_of(value);
  parts.push_back(value);
  std::erase_if(parts, [](std::string_view part) { return part.size() < shortest_masked; });
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return parts;
}

void add(std::vector<SecretForm>& forms, Spelling spelling, std::string_view text) {
  forms.push_back({.spelling = spelling, .bytes = WipedBytes(text.begin(), text.end())});
}

/// The letters of a text that has `shift` other bytes before it in its group of three.
SecretForm in_base64(std::string_view text, std::size_t shift) {
  std::string shifted;
  shifted.reserve(shift + text.size());
  shifted.append(shift, '\0').append(text);
  std::string letters = encode_base64(shifted);

  const std::size_t bits = 8 * shifted.size();
  const auto first = static_cast<std::ptrdiff_t>((8 * shift + 5) / 6);
  const auto end = static_cast<std::ptrdiff_t>(bits / 6);
  const auto rest_bits = static_cast<unsigned>(bits % 6);
  SecretForm form{
      .spelling = Spelling::base64,
      .bytes = WipedBytes(letters.begin() + first, letters.begin() + end),
      .rest_bits = rest_bits,
      .rest = static_cast<unsigned char>(text.back()) & ((1U << rest_bits) - 1U),
  };
  explicit_bzero(shifted.data(), shifted.size());
  explicit_bzero(letters.data(), letters.size());
  return form;
}

}  // namespace

Maskable maskable(std::string_view value) {
  const std::string_view text = trimmed(value);
  if (text.size() < shortest_masked) return Maskable::no;
  const auto lines = lines_of(text);
  const bool has_short_line = std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
    return line.size() < shortest_masked;
  });
  return has_short_line ? Maskable::except_short_lines : Maskable::yes;
}

std::vector<SecretForm> forms_of(std::string_view value) {
  std::vector<SecretForm> forms;
  const std::string_view text = trimmed(value);
  if (text.size() < shortest_masked) return forms;
  for (const std::string_view part : parts_of(text)) {
    add(forms, Spelling::plain, part);
    if (std::all_of(part.begin(), part.end(), is_never_escaped)) continue;
    add(forms, Spelling::json, part);
    add(forms, Spelling::url, part);
  }
  for (const std::size_t shift : {0U, 1U, 2U}) {
    forms.push_back(in_base64(text, shift));
  }
  return forms;
}

}  // namespace goflow::core
