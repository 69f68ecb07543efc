// Credentials in the Keychain of macOS.
#pragma once

#include "core/secret/credential_store.hpp"

#include <memory>

namespace goflow::credentials {

/// Entries are those of the original GoFlow: generic passwords, found by service and account. The
/// system itself asks the user where it has to.
core::Result<std::unique_ptr<core::CredentialStore>> open_keychain(
    const core::CredentialNamespace& credential_namespace);

}  // namespace goflow::credentials
