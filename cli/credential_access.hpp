// How the secrets of a home are reached: what settings, environment and terminal say of it.
#pragma once

#include "cli/context.hpp"
#include "credentials/selection.hpp"

#include <chrono>
#include <vector>

namespace goflow::cli {

/// Whether somebody may be asked for a password.
enum class Disturbing { allowed, never };

core::Result<credentials::CredentialOptions> credential_options(
    Context& context, const core::CredentialNamespace& credential_namespace, Disturbing disturbing);

/// The keys that a store tells without unlocking anything, writing anything or asking anybody, each
/// question to it within the limit. credential: it does not.
core::Result<std::vector<core::CredentialKey>> keys_at_a_glance(
    Context& context,
    const core::CredentialNamespace& credential_namespace,
    std::chrono::milliseconds limit);

}  // namespace goflow::cli
