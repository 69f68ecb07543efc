// Whether http nodes can run here, told without any type of libcurl.
#pragma once

#include "core/base/result.hpp"

namespace goflow::engine {

/// The Error says how to install it.
core::Result<void> look_for_curl();

}  // namespace goflow::engine
