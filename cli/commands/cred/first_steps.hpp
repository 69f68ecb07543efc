// What a machine lacks before it can keep its first credential.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "credentials/selection.hpp"

namespace goflow::cli {

/// Where nothing was chosen and there is no keyring, the Error says what to do. A key file that is
/// to be used and is not there yet is made, if the user agrees.
core::Result<const credentials::OpenedCredentials*> open_for_writing(
    const core::CredentialKey& key,
    const core::CredentialNamespace& credential_namespace,
    Context& context);

}  // namespace goflow::cli
