// What goflow tells a shell: the one table from an error to an exit code.
#pragma once

#include "core/base/error.hpp"

#include <span>
#include <string_view>

namespace goflow::cli {

int exit_code_of(core::ErrorCode code);

struct ExitCodeMeaning {
  int code;
  std::string_view meaning;
};

/// Every exit code there is, for the pages.
std::span<const ExitCodeMeaning> exit_code_meanings();

}  // namespace goflow::cli
