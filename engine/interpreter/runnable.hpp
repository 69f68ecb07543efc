// What of the workflow format this version of goflow can read and check, but not run yet.
#pragma once

#include "core/base/result.hpp"
#include "core/workflow/workflow.hpp"

namespace goflow::engine {

/// An Error of a sentence about the first thing that cannot be run.
core::Result<void> check_runnable(const core::Workflow& workflow);

}  // namespace goflow::engine
