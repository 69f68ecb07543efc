#include "core/workflow/words.hpp"

#include "core/expression/syntax.hpp"

#include <algorithm>
#include <cstddef>

namespace goflow::core {
namespace {

constexpr std::size_t longest_node_id = 128;

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
  return !word.empty() && word.size() <= longest_node_id && is_letter(word[0]) &&
         std::all_of(word.begin(), word.end(), [](char character) {
           return is_word_character(character) || character == '-';
         });
}

}  // namespace goflow::core
