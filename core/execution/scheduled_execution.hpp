// Runs that a schedule asks for: how they are called and known.
#pragma once

#include "core/base/clock.hpp"

#include <string>
#include <string_view>

namespace goflow::core {

/// The label of such a run; its value is the time it was asked for, as RFC 3339 says.
inline constexpr std::string_view scheduled_for_label = "goflow/scheduled-for";

/// Made of the workflow and the time, so that of two processes that look after a schedule only one
/// can create it. It is as old as that time.
std::string scheduled_execution_id(const std::string& workflow_id, Timestamp scheduled_for);

}  // namespace goflow::core
