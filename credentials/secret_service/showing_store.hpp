// The Secret Service for who only shows values.
#pragma once

#include "credentials/secret_service/secret_service_store.hpp"

namespace goflow::credentials {

/// Values are asked for as they are where that is quicker and nobody else reads along. All that is
/// more than to show the only entry of a key goes the way of open_secret_service(), which is what
/// comes back where there is no such quicker way.
core::Result<std::unique_ptr<core::CredentialStore>> open_secret_service_to_show(
    SecretServiceOptions options, const core::CredentialNamespace& credential_namespace);

}  // namespace goflow::credentials
