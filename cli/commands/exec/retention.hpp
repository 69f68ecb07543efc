// Deletes old runs by itself, where the configuration wants that.
#pragma once

#include "core/execution/execution_store.hpp"

namespace goflow::cli {

class Context;

/// After a run, at most once a day. What goes wrong is a warning: the run itself is over.
void prune_unasked(core::ExecutionStore& store, Context& context);

}  // namespace goflow::cli
