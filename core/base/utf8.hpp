// Is it text? What programs print is often not.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core {

/// The offset of the first byte that is not UTF-8; nullopt when there is none.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// The text with U+FFFD in place of every byte that belongs to no character.
std::string valid_utf8(std::string_view text);

}  // namespace goflow::core
