// `credentials` of a workflow: those that it needs, by name.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/form.hpp"
#include "core/workflow/problems.hpp"

#include <vector>

namespace goflow::core {

Form credentials_form();

void read_credential_needs(const YamlNode& list, Draft& draft, Problems& problems);

/// By key, and by secret() in formulas; not what an export left to be filled in.
std::vector<CredentialUse> uses_of_credentials(const Draft& draft);

/// Every credential that is used is listed, if any are (V90).
void check_credentials(const Draft& draft, Problems& problems);

/// What is used without being listed is needed all the same.
void add_used_credentials(Draft& draft);

}  // namespace goflow::core
