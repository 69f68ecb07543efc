// The collection of garbage, plugged into the stores and folders of this home.
#pragma once

#include "core/claimcheck/garbage_collection.hpp"

namespace goflow::cli {

class Context;

/// Nothing is opened yet but the register.
core::Result<core::GarbageCollection> blob_collection(Context& context);

}  // namespace goflow::cli
