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

/// By `on` and `skip_on` alone, however many attempts there were.
bool is_repeatable(const core::RetryPolicy& policy, const core::Failure& failure);

/// Before jitter; `failed_attempts` is at least one.
std::chrono::milliseconds delay_after(const core::RetryPolicy& policy, int failed_attempts);

/// What a node says when no attempt is left, and what its last attempt had said.
std::string exhausted_message(int attempts, const std::string& last_message);
std::string without_exhaustion(const std::string& message);

}  // namespace goflow::engine
