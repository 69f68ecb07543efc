// Which saved workflows name which credentials.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/secret/credential_key.hpp"

#include <map>
#include <string>
#include <vector>

namespace goflow::cli {

/// The ids of the workflows by the names of the credentials, both sorted. What a workflow names has
/// no namespace: only who runs it can choose one.
using CredentialUses = std::map<std::string, std::vector<std::string>>;

core::Result<CredentialUses> find_credential_uses(Context& context);

/// Empty for a key in a namespace.
std::vector<std::string> users_of(const CredentialUses& uses,
                                  const core::CredentialNamespace& credential_namespace,
                                  const std::string& key);

/// "nightly, triage"; empty when there is none.
std::string joined(const std::vector<std::string>& users);

}  // namespace goflow::cli
