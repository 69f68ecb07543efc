// The rotation of credentials, put together of what the context opens.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/secret/rotation.hpp"

namespace goflow::cli {

/// For every command that writes a credential, and every run that uses one. `store` is that of the
/// namespace.
core::Result<core::CredentialRotation> open_rotation(
    core::CredentialStore& store,
    const core::CredentialNamespace& credential_namespace,
    Context& context);

}  // namespace goflow::cli
