// What an export file hides: credentials of any namespace and what is known of them, as JSON.
#pragma once

#include "core/secret/credential_key.hpp"
#include "core/secret/credential_metadata.hpp"
#include "core/secret/secret.hpp"

#include <optional>
#include <vector>

namespace goflow::credentials {

struct ExportedCredential {
  core::CredentialNamespace credential_namespace;
  core::CredentialKey key;
  core::Secret value;
  /// nullopt: nothing is known of it. The value before the last rotation stays where it is.
  std::optional<core::CredentialMetadata> metadata = std::nullopt;
};

core::Secret write_bundle(const std::vector<ExportedCredential>& credentials);

/// nullopt: the text is none of ours, something in it cannot be a credential, or one is there
/// twice.
std::optional<std::vector<ExportedCredential>> read_bundle(const core::Secret& text);

}  // namespace goflow::credentials
