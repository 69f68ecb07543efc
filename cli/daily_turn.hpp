// What goflow does by itself once a day.
#pragma once

#include "core/base/result.hpp"

#include <string>

namespace goflow::cli {

class Context;

/// Whether a day has passed since the turn before; if so, this is the next one. The file of this
/// name in the home says when the last one was.
core::Result<bool> take_daily_turn(const std::string& name, Context& context);

}  // namespace goflow::cli
