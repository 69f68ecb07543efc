// Gets several values that are kept elsewhere at the same time.
#pragma once

#include "core/value/value.hpp"

namespace goflow::core {

/// What lies in a blob store of all that is part of this value, each by itself on a thread of its
/// own: so they wait for the store together. What cannot be had is told to whoever reads it.
void fetch_together(const Value& value);

}  // namespace goflow::core
