// The top level of a workflow file.
#pragma once

#include "core/workflow/form.hpp"

namespace goflow::core {

/// Every key that a workflow may have.
const Keys& workflow_keys();

}  // namespace goflow::core
