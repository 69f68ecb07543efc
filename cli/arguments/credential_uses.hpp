// Which saved workflows and instances name which credentials.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/secret/credential_key.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace goflow::cli {

/// The ids of the workflows and the slugs of the instances, by namespace and key. What a workflow
/// names has no namespace: only an instance, or who runs it, can choose one.
using CredentialUses = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

core::Result<CredentialUses> find_credential_uses(Context& context);
/// The same without instances, which takes no look at the history.
core::Result<CredentialUses> find_uses_in_workflows(Context& context);

/// Sorted.
std::vector<std::string> users_of(const CredentialUses& uses,
                                  const core::CredentialNamespace& credential_namespace,
                                  const std::string& key);

/// "nightly, triage"; empty when there is none.
std::string joined(const std::vector<std::string>& users);

}  // namespace goflow::cli
