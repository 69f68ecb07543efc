// What is known of credentials, in memory, with the same rules as on disk.
#pragma once

#include "core/secret/credential_metadata.hpp"

#include <map>
#include <mutex>
#include <utility>

namespace goflow::test {

class MemoryCredentialMetadataStore final : public core::CredentialMetadataStore {
 public:
  core::Result<void> put(const core::CredentialNamespace& credential_namespace,
                         const core::CredentialKey& key,
                         const core::CredentialMetadata& metadata) override;
  core::Result<std::optional<core::CredentialMetadata>> find(
      const core::CredentialNamespace& credential_namespace,
      const core::CredentialKey& key) override;
  core::Result<bool> remove(const core::CredentialNamespace& credential_namespace,
                            const core::CredentialKey& key) override;
  core::Result<std::vector<core::DescribedCredential>> list() override;

 private:
  std::mutex mutex_;
  std::map<std::pair<core::CredentialNamespace, core::CredentialKey>, core::CredentialMetadata>
      known_;
};

}  // namespace goflow::test
