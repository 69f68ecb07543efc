// The collection of garbage, plugged into the stores and folders of this home.
#pragma once

#include "core/claimcheck/garbage_collection.hpp"

namespace goflow::cli {

class Context;

/// Nothing is opened yet but the register.
core::Result<core::GarbageCollection> blob_collection(Context& context);

/// As the settings say.
core::Result<core::GcRules> blob_rules(Context& context);

/// After a run, at most once a day and for no longer than a second; what is left waits for the next
/// time. What goes wrong is a warning: the run itself is over.
void collect_unasked(Context& context);

}  // namespace goflow::cli
