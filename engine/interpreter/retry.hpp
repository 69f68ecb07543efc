// Whether a failed attempt is followed by another, and when.
#pragma once

#include "core/execution/execution.hpp"
#include "core/workflow/workflow.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace goflow::engine {

/// The error type of an attempt that was cut off, because goflow ended.
inline constexpr std::string_view interrupted_type = "interrupted";

/// By `on` and `skip_on` alone, however many attempts there were. Without `on` these are all kinds
/// but `validation`, and of the statuses of HTTP those that may pass: 408, 425, 429, 5xx.
bool is_repeatable(const core::RetryPolicy& policy, const core::Failure& failure);

/// How long the other side asks not to be called again: `Retry-After`. Zero: it does not.
std::chrono::milliseconds wanted_pause(const core::Failure& failure);
/// A longer one is not waited for.
inline constexpr std::chrono::hours longest_pause{1};

/// Before jitter; `failed_attempts` is at least one.
std::chrono::milliseconds delay_after(const core::RetryPolicy& policy, int failed_attempts);

/// What a node says when no attempt is left, and what its last attempt had said.
std::string exhausted_message(int attempts, const std::string& last_message);
std::string without_exhaustion(const std::string& message);

}  // namespace goflow::engine
