// What names in a workflow file may look like.
#pragma once

#include <string_view>

namespace goflow::core {

constexpr std::string_view variable_pattern = "^[A-Za-z][A-Za-z0-9_]*$";
constexpr std::string_view node_id_pattern = "^[A-Za-z][A-Za-z0-9_-]{0,127}$";

/// What a variable may be called, unless the word is reserved.
bool is_variable_name(std::string_view word);
/// A word of the expression language, or 'goflow'.
bool is_reserved_word(std::string_view word);
bool is_node_id(std::string_view word);

}  // namespace goflow::core
