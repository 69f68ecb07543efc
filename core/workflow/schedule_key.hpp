// The key of a workflow that says when it runs by itself.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/form.hpp"

namespace goflow::core {

/// A cron line, a list of them, or a map with all that there is to say.
Form schedule_form();

/// After the variables, which the inputs of a schedule have to fit (V12).
void read_schedule(Fields& fields, Draft& draft);

}  // namespace goflow::core
