// The diagram for Graphviz.
#pragma once

#include "core/diagram/diagram.hpp"

#include <string>

namespace goflow::core {

std::string dot_of(const DiagramScope& diagram);

}  // namespace goflow::core
