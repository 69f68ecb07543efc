// The variables that goflow reads, those it sets for steps, and the settings.
#pragma once

#include <string>

namespace goflow::cli {

std::string environment_page();

}  // namespace goflow::cli
