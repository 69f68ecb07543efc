#include "tests/support/memory_credential_metadata_store.hpp"

namespace goflow::test {

using core::CredentialKey;
using core::CredentialMetadata;
using core::CredentialNamespace;
using core::Result;

Result<void> MemoryCredentialMetadataStore::put(const CredentialNamespace& credential_namespace,
                                                const CredentialKey& key,
                                                const CredentialMetadata& metadata) {
  const std::scoped_lock turn(mutex_);
  known_.insert_or_assign({credential_namespace, key}, metadata);
  return {};
}

Result<std::optional<CredentialMetadata>> MemoryCredentialMetadataStore::find(
    const CredentialNamespace& credential_namespace, const CredentialKey& key) {
  const std::scoped_lock turn(mutex_);
  const auto found = known_.find({credential_namespace, key});
  if (found == known_.end()) return std::optional<CredentialMetadata>();
  return std::optional(found->second);
}

Result<bool> MemoryCredentialMetadataStore::remove(const CredentialNamespace& credential_namespace,
                                                   const CredentialKey& key) {
  const std::scoped_lock turn(mutex_);
  return known_.erase({credential_namespace, key}) > 0;
}

Result<std::vector<core::DescribedCredential>> MemoryCredentialMetadataStore::list() {
  const std::scoped_lock turn(mutex_);
  std::vector<core::DescribedCredential> listed;
  for (const auto& [name, metadata] : known_) {
    listed.push_back({name.first, name.second, metadata});
  }
  return listed;
}

}  // namespace goflow::test
