// Where ${ } placeholders begin and end.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core::expression {

/// Behind the `}` that closes the placeholder whose `${` is at `begin`, brackets, texts and
/// comments within it being skipped. std::string_view::npos: it is not closed.
std::size_t end_of_placeholder(std::string_view text, std::size_t begin);

/// Takes literal text from `at` up to the next placeholder or the end of the text and appends it to
/// `out`, backslashes before `${` resolved. Where it stopped: a `${`, or the end.
std::size_t take_literal(std::string_view text, std::size_t at, std::string& out);

}  // namespace goflow::core::expression
