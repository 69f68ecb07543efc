// Whether a program that goflow would start is there.
#pragma once

#include "cli/io/environment.hpp"

#include <string>

namespace goflow::cli {

bool can_run(const std::string& path);

/// A name is looked for in PATH, as execvp(3) does; what has a '/' is a path.
bool is_program_there(const std::string& program, const Environment& environment);

}  // namespace goflow::cli
