// Whether a failed attempt is followed by another, and when.
#pragma once

#include "core/execution/execution.hpp"
#include "core/workflow/workflow.hpp"

#include <chrono>

namespace goflow::engine {

/// By `on` and `skip_on` alone, however many attempts there were.
bool is_repeatable(const core::RetryPolicy& policy, const core::Failure& failure);

/// Before jitter; `failed_attempts` is at least one.
std::chrono::milliseconds delay_after(const core::RetryPolicy& policy, int failed_attempts);

}  // namespace goflow::engine
