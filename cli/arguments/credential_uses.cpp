#include "cli/arguments/credential_uses.hpp"

#include "core/workflow/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace goflow::cli {

using core::Result;

namespace {

using NamesByWorkflow = std::map<std::string, std::vector<std::string>>;

Result<NamesByWorkflow> names_in_workflows(Context& context) {
  NamesByWorkflow names;
  GOFLOW_TRY(const core::WorkflowStore* store, context.workflows());
  GOFLOW_TRY(const auto ids, store->ids());
  for (const std::string& id : ids) {
    GOFLOW_TRY(const auto stored, store->find(id));
    if (!stored) continue;
    // To look for the words is quicker than to read the workflow.
    const bool may_use = stored->text.find("secret") != std::string::npos ||
                         stored->text.find("credential") != std::string::npos;
    if (!may_use) continue;
    names.emplace(id, core::read_credential_names(stored->text));
  }
  return names;
}

/// The keys that it binds, and in its namespace what else its workflow names.
void add_instance(const core::Instance& instance,
                  const NamesByWorkflow& names,
                  CredentialUses& uses) {
  const auto& [space, keys] = instance.credentials;
  for (const auto& [name, key] : keys) {
    uses[{space, key}].insert(instance.slug);
  }
  const auto named = names.find(instance.workflow_id);
  if (space.empty() || named == names.end()) return;
  for (const std::string& name : named->second) {
    if (!keys.contains(name)) uses[{space, name}].insert(instance.slug);
  }
}

CredentialUses uses_of(const NamesByWorkflow& in_workflows) {
  CredentialUses uses;
  for (const auto& [id, names] : in_workflows) {
    for (const std::string& name : names) {
      uses[{"", name}].insert(id);
    }
  }
  return uses;
}

}  // namespace

Result<CredentialUses> find_uses_in_workflows(Context& context) {
  GOFLOW_TRY(const NamesByWorkflow in_workflows, names_in_workflows(context));
  return uses_of(in_workflows);
}

Result<CredentialUses> find_credential_uses(Context& context) {
  GOFLOW_TRY(const NamesByWorkflow in_workflows, names_in_workflows(context));
  CredentialUses uses = uses_of(in_workflows);
  GOFLOW_TRY(core::InstanceStore * store, context.instances_if_any());
  if (store == nullptr) return uses;
  GOFLOW_TRY(const auto instances, store->list(std::nullopt));
  for (const core::Instance& instance : instances) {
    add_instance(instance, in_workflows, uses);
  }
  return uses;
}

std::vector<std::string> users_of(const CredentialUses& uses,
                                  const core::CredentialNamespace& credential_namespace,
                                  const std::string& key) {
  const auto found = uses.find({credential_namespace.text(), key});
  if (found == uses.end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::string joined(const std::vector<std::string>& users) {
  return fmt::format("{}", fmt::join(users, ", "));
}

}  // namespace goflow::cli
