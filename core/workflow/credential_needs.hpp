// `credentials` of a workflow: those that it needs, by name.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/form.hpp"
#include "core/workflow/problems.hpp"

namespace goflow::core {

Form credentials_form();

void read_credential_needs(const YamlNode& list, Draft& draft, Problems& problems);

/// Every credential that is used is listed, if any are (V90).
void check_credentials(const Draft& draft, Problems& problems);

}  // namespace goflow::core
