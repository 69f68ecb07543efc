// Wipes what goflow gives back to the heap, so that no copy of a secret outlives its owner there:
// texts are copied on their way from a credential to the request or the process that needs it.
#pragma once

namespace goflow::core {

/// From the first call on, for good. Before it nothing is slower than usual.
void wipe_freed_memory();

}  // namespace goflow::core
