// Whether jq programs can run here, told without any type of libjq.
#pragma once

#include "core/base/result.hpp"

namespace goflow::engine {

/// The Error says how to install it.
core::Result<void> look_for_jq();

}  // namespace goflow::engine
