#include "cli/arguments/credential_uses.hpp"

#include "core/workflow/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace goflow::cli {

using core::Result;

Result<CredentialUses> find_credential_uses(Context& context) {
  CredentialUses uses;
  GOFLOW_TRY(const core::WorkflowStore* store, context.workflows());
  GOFLOW_TRY(const auto ids, store->ids());
  for (const std::string& id : ids) {
    GOFLOW_TRY(const auto stored, store->find(id));
    if (!stored) continue;
    // To look for the words is quicker than to read the workflow.
    const bool may_use = stored->text.find("secret") != std::string::npos ||
                         stored->text.find("credential") != std::string::npos;
    if (!may_use) continue;
    for (const std::string& name : core::read_credential_names(stored->text)) {
      uses[name].push_back(id);
    }
  }
  return uses;
}

std::vector<std::string> users_of(const CredentialUses& uses,
                                  const core::CredentialNamespace& credential_namespace,
                                  const std::string& key) {
  const auto found = uses.find(key);
  const bool is_used = found != uses.end() && credential_namespace.text().empty();
  return is_used ? found->second : std::vector<std::string>();
}

std::string joined(const std::vector<std::string>& users) {
  return fmt::format("{}", fmt::join(users, ", "));
}

}  // namespace goflow::cli
