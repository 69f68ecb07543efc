// "did you mean …?": the names nearest to a mistyped one.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Inserts, deletes, replacements and swaps of neighbours that turn one text into the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// At most three candidates within distance two, nearest first.
std::vector<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// "did you mean 'login'?" or "did you mean 'login' or 'logout'?"; empty when nothing is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace goflow::core
