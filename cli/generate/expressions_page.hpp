// The language of conditions, transforms and placeholders.
#pragma once

#include <string>

namespace goflow::cli {

std::string expressions_page();

}  // namespace goflow::cli
