#include "core/workflow/names/lookups.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace goflow::core {
namespace {

void check_secret(const Formula& formula, const LookupInFile& secret, Problems& problems) {
  if (!formula.place.may_hold_secrets) {
    problems.add(Rule::misplaced_secret,
                 secret.at,
                 "secret() is not allowed in " + formula.place.called,
                 "it may stand in env, headers, auth, form, body, parameters and stdin");
  } else if (!secret.name) {
    problems.add(Rule::misplaced_secret,
                 secret.at,
                 "secret() in " + formula.place.called + " needs a name that is written out",
                 "write it as secret('name')");
  }
}

void check_env(const Formula& formula,
               const LookupInFile& variable,
               const std::vector<std::string>& allowed,
               Problems& problems) {
  if (!variable.name) {
    problems.add(Rule::misplaced_env,
                 variable.at,
                 "env() in " + formula.place.called + " needs a name that is written out",
                 "write it as env('NAME')");
  } else if (std::find(allowed.begin(), allowed.end(), *variable.name) == allowed.end()) {
    problems.add(Rule::misplaced_env,
                 variable.at,
                 "'" + *variable.name + "' in " + formula.place.called + " is not in 'env_allow'",
                 "allow it for the workflow: env_allow: [" + *variable.name + "]");
  }
}

}  // namespace

void check_lookups(const Draft& draft, Problems& problems) {
  for (const Formula& formula : draft.formulas) {
    for (const LookupInFile& lookup : formula.lookups) {
      if (lookup.of == Lookup::Of::secret) {
        check_secret(formula, lookup, problems);
      } else {
        check_env(formula, lookup, draft.workflow.env_allow, problems);
      }
    }
  }
}

}  // namespace goflow::core
