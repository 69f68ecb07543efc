// The format of workflow files, key by key.
#pragma once

#include <string>

namespace goflow::cli {

std::string workflow_page();

}  // namespace goflow::cli
