// What changed between two texts, line by line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace goflow::core {

struct LineCounts {
  std::size_t added = 0;
  std::size_t removed = 0;
};

LineCounts count_changed_lines(std::string_view before, std::string_view after);

/// As `diff -u` writes it, with three lines around each change; empty when the texts are the same.
std::string unified_diff(std::string_view before_name,
                         std::string_view before,
                         std::string_view after_name,
                         std::string_view after);

}  // namespace goflow::core
