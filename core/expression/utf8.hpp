// Texts as code points. Safe for bytes that are no UTF-8: each stray byte then counts as it comes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core::expression::utf8 {

/// The offset of the first byte that is not UTF-8; nullopt when there is none.
std::optional<std::size_t> first_invalid(std::string_view text);

/// How many code points.
std::size_t length(std::string_view text);
/// The byte at which code point `index` begins; the end of the text when it has fewer.
std::size_t offset(std::string_view text, std::size_t index);

/// The bytes of the first code point; none of an empty text.
std::string_view first(std::string_view text);
/// The bytes of the last one.
std::string_view last(std::string_view text);
/// The code point that these bytes are.
char32_t decode(std::string_view bytes);
/// False: there is no such character (a surrogate, beyond U+10FFFF).
bool append(std::string& text, char32_t character);

}  // namespace goflow::core::expression::utf8
