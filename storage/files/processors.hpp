// The processors that this program may use, and how to have them all at work soon.
#pragma once

#include <cstddef>
#include <thread>

namespace goflow::storage {

/// At least one.
std::size_t processor_count();

/// The kernel tends to start a thread beside the one that made it and to leave it waiting there for
/// milliseconds, although another processor has nothing to do. The thread will run on another one.
void run_elsewhere(std::jthread& thread);

}  // namespace goflow::storage
