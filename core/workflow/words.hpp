// What names in a workflow file may look like.
#pragma once

#include <string_view>

namespace goflow::core {

constexpr std::string_view variable_pattern = "^[A-Za-z][A-Za-z0-9_]*$";
constexpr std::string_view node_id_pattern = "^[A-Za-z][A-Za-z0-9_-]{0,127}$";
constexpr std::string_view server_id_pattern = "^[A-Za-z0-9_-]{1,128}$";

/// What a variable may be called, unless the word is reserved.
bool is_variable_name(std::string_view word);
/// A word of the expression language, or 'goflow'.
bool is_reserved_word(std::string_view word);
bool is_node_id(std::string_view word);
bool is_server_id(std::string_view word);
/// A template that begins with http:// or https://, as far as it is no placeholder.
bool may_be_web_address(std::string_view text);

}  // namespace goflow::core
