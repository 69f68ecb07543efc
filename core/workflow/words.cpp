#include "core/workflow/words.hpp"

#include "core/expression/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace goflow::core {
namespace {

constexpr std::size_t longest_id = 128;

bool is_letter(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

bool is_word_character(char character) {
  return is_letter(character) || (character >= '0' && character <= '9') || character == '_';
}

}  // namespace

bool is_variable_name(std::string_view word) {
  return !word.empty() && is_letter(word[0]) &&
         std::all_of(word.begin(), word.end(), is_word_character);
}

bool is_reserved_word(std::string_view word) {
  return word == "goflow" || expression::is_reserved(word);
}

bool is_node_id(std::string_view word) {
  return is_server_id(word) && is_letter(word[0]);
}

bool is_server_id(std::string_view word) {
  return !word.empty() && word.size() <= longest_id &&
         std::all_of(word.begin(), word.end(), [](char character) {
           return is_word_character(character) || character == '-';
         });
}

bool may_be_web_address(std::string_view text) {
  const std::size_t placeholder = text.find("${");
  const bool is_literal = placeholder == std::string_view::npos;
  std::string begin(text.substr(0, std::min<std::size_t>(placeholder, 8)));
  std::transform(begin.begin(), begin.end(), begin.begin(), [](char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
  });
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (begin.starts_with(scheme)) return !is_literal || text.size() > scheme.size();
    if (!is_literal && scheme.starts_with(begin)) return true;
  }
  return false;
}

}  // namespace goflow::core
