// Which saved workflows name which credentials.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace goflow::cli {

/// The ids of the workflows by the names of the credentials, both sorted.
using CredentialUses = std::map<std::string, std::vector<std::string>>;

core::Result<CredentialUses> find_credential_uses(Context& context);

/// "nightly, triage"; empty when there is none.
std::string users_of(const CredentialUses& uses, const std::string& key);

}  // namespace goflow::cli
