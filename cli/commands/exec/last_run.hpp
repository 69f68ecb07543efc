// The newest execution of something, in a list of such things.
#pragma once

#include "cli/io/table.hpp"
#include "core/base/clock.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

namespace goflow::cli {

/// How it went; `last_run`: nullptr when there is none.
Cell last_run_cell(const core::Execution* last_run, core::Timestamp now);
/// And when it was.
Cell last_run_time_cell(const core::Execution* last_run, core::Timestamp now);
/// id, status and started_at, or null.
core::Value last_run_record(const core::Execution* last_run);

}  // namespace goflow::cli
