// The workflow format as a JSON Schema, for editors: made of the tables that the loader uses.
#pragma once

#include "core/value/value.hpp"

namespace goflow::core {

/// Draft 2020-12. Rules on flow and expressions are not in it.
Value workflow_schema();

}  // namespace goflow::core
