// The diagram as a picture of its own, for pages and documents.
#pragma once

#include "core/diagram/diagram.hpp"

#include <string>

namespace goflow::core {

/// Dark or light as the reader's screen is.
std::string svg_of(const DiagramScope& diagram);

}  // namespace goflow::core
