// What is known of a credential beside its value. None of it is secret.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/secret/credential_key.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

struct CredentialMetadata {
  Timestamp created_at;
  Timestamp updated_at;
  std::optional<Timestamp> expires_at = std::nullopt;
  std::string description = {};
  std::map<std::string, std::string> labels = {};
  /// "text", "structured", or a word of the user's.
  std::string kind = "text";
  /// Fields of a structured value that may be shown.
  std::vector<std::string> public_fields = {};
  /// The value before the last rotation is kept until then.
  std::optional<Timestamp> previous_until = std::nullopt;
};

/// A credential of which something is known. It may be that it has no value, on this machine.
struct DescribedCredential {
  CredentialNamespace credential_namespace;
  CredentialKey key;
  CredentialMetadata metadata;
};

/// Safe to call from several threads. A credential that another program stored is not in it.
class CredentialMetadataStore {
 public:
  virtual ~CredentialMetadataStore() = default;
  /// Creates or replaces.
  virtual Result<void> put(const CredentialNamespace& credential_namespace,
                           const CredentialKey& key,
                           const CredentialMetadata& metadata) = 0;
  virtual Result<std::optional<CredentialMetadata>> find(
      const CredentialNamespace& credential_namespace, const CredentialKey& key) = 0;
  /// false: nothing was known of it.
  virtual Result<bool> remove(const CredentialNamespace& credential_namespace,
                              const CredentialKey& key) = 0;
  /// Of all namespaces, sorted by namespace and key.
  virtual Result<std::vector<DescribedCredential>> list() = 0;
};

}  // namespace goflow::core
