// The diagram as a Mermaid flowchart, which GitHub and GitLab draw where it stands in a page.
#pragma once

#include "core/diagram/diagram.hpp"

#include <string>

namespace goflow::core {

std::string mermaid_of(const DiagramScope& diagram);

}  // namespace goflow::core
