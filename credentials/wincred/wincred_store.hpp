// Credentials in the Credential Manager of Windows.
#pragma once

#include "core/secret/credential_store.hpp"

#include <memory>

namespace goflow::credentials {

/// Entries are those of the original GoFlow: generic credentials with the target "<service>:<key>".
/// Values beyond what one entry holds are split.
core::Result<std::unique_ptr<core::CredentialStore>> open_wincred(
    const core::CredentialNamespace& credential_namespace);

}  // namespace goflow::credentials
