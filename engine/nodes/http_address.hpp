// Web addresses and the fields of forms, as they travel.
#pragma once

#include "core/value/value.hpp"

#include <string>
#include <string_view>

namespace goflow::engine {

/// Begins with http:// or https://.
bool is_web_address(std::string_view url);

/// White space and what is not ASCII percent-encoded; everything else is left to its author.
std::string encoded_address(std::string_view url);

enum class Blank {
  percent,  // %20, as in addresses
  plus,     // +, as in forms
};

/// "a=1&b=x%20y": null is left out, a list repeats its name.
std::string encoded_fields(const core::Object& fields, Blank blank);

/// The fields behind those that the address has, before its `#…`.
std::string with_query(std::string url, const std::string& fields);

}  // namespace goflow::engine
