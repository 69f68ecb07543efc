// Whether bytes are text at all: size, UTF-8, no control characters.
#pragma once

#include "core/workflow/problems.hpp"

namespace goflow::core {

/// False when there is a problem (V1), which is then among `problems`.
bool check_text(const SourceText& source, Problems& problems);

}  // namespace goflow::core
