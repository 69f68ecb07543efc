// The rotation of credentials, put together of what the context opens.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/secret/rotation.hpp"

namespace goflow::cli {

/// While it lives, no other goflow of this home changes a credential. Not to be held while somebody
/// is asked for something. credential: another one has not let go of it for as long as a prompt may
/// take.
core::Result<core::CredentialTurn> take_credential_turn(Context& context);

/// `store` is that of the namespace.
core::Result<core::CredentialRotation> open_rotation(
    core::CredentialStore& store,
    const core::CredentialNamespace& credential_namespace,
    Context& context);

/// Removes the values before a rotation whose time is over: for every command that writes a
/// credential, and every run that uses one. Where it cannot, there is a warning: the next one will.
void drop_overdue(core::CredentialStore& store,
                  const core::CredentialNamespace& credential_namespace,
                  Context& context);

}  // namespace goflow::cli
