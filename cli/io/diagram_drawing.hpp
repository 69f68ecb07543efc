// A diagram in boxes and lines of characters.
#pragma once

#include "cli/io/style.hpp"
#include "core/diagram/layout.hpp"

#include <string>

namespace goflow::cli {

/// One line for each row of the layout.
std::string draw(const core::DiagramLayout& layout, const Style& style);

}  // namespace goflow::cli
