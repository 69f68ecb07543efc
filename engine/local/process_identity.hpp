// Who am I, and does that other process still live? The answers survive a reboot and a reused PID.
#pragma once

#include "core/base/clock.hpp"
#include "core/execution/execution.hpp"

#include <csignal>
#include <cstdint>
#include <string>

namespace goflow::engine {

/// In the kernel's own ticks; empty when no such process lives.
std::string process_start_time(std::int64_t pid);

/// This process as the owner of a run; the epoch is given by the store. From now on others may
/// wake it, so wake-ups are ignored until somebody listens.
core::Owner this_process(core::Timestamp now);

/// False when its machine was rebooted since, or no process has that PID and start time; for a
/// process in another PID namespace: when its heartbeat is more than 30 s old.
bool is_alive(const core::Owner& owner, core::Timestamp now);

bool is_same_process(const core::Owner& one, const core::Owner& other);

/// Whether `self`, as it is now, may take what `owner` has: it is its own, as it could not be given
/// up when it had to be, or nobody's any more.
bool may_take_over(const core::Owner& owner, const core::Owner& self);

/// Asks the owner of a run to look at its record at once; does nothing when it is not alive.
void wake(const core::Owner& owner);
inline constexpr int wake_up_signal = SIGUSR1;
/// Unheard, it would end the process.
void ignore_wake_ups();

/// Running or waiting, and its owner is gone.
bool is_interrupted(const core::Execution& execution, core::Timestamp now);

}  // namespace goflow::engine
