// Credentials in the memory of the process: for tests, and forgotten at its end.
#pragma once

#include "core/secret/credential_store.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace goflow::credentials {

/// What several stores may share, as they do a keyring. It misbehaves when it is told to.
class MemoryKeyring {
 public:
  /// From now on every call on a store gives this Error; none gives what it should.
  void fail_with(std::optional<core::Error> error);
  /// How long each call takes from now on.
  void delay_by(std::chrono::milliseconds delay);
  /// A locked one tells which keys there are, and no more.
  void lock(core::LockState state);

 private:
  friend class MemoryCredentialStore;
  struct Entry {
    core::Secret value;
    core::Timestamp created_at;
    core::Timestamp updated_at;
  };
  using Service = std::map<core::CredentialKey, Entry>;

  std::mutex mutex_;
  std::map<std::string, Service> services_;
  std::optional<core::Error> error_;
  std::chrono::milliseconds delay_{0};
  core::LockState lock_state_ = core::LockState::unlocked;
};

class MemoryCredentialStore final : public core::CredentialStore {
 public:
  explicit MemoryCredentialStore(
      std::shared_ptr<MemoryKeyring> keyring = std::make_shared<MemoryKeyring>(),
      const core::CredentialNamespace& credential_namespace = {});

  core::Result<void> set(const core::CredentialKey& key, const core::Secret& value) override;
  core::Result<std::optional<core::Secret>> get(const core::CredentialKey& key) override;
  core::Result<bool> remove(const core::CredentialKey& key) override;
  core::Result<bool> exists(const core::CredentialKey& key) override;
  core::Result<std::vector<core::StoredCredential>> list() override;
  core::Result<core::LockState> lock_state() override;

 private:
  /// Takes as long as it was told to; an Error when it was told one, or is locked and must not be.
  core::Result<std::unique_lock<std::mutex>> answer(bool needs_unlocked);
  MemoryKeyring::Service& entries() { return keyring_->services_[service_]; }

  std::shared_ptr<MemoryKeyring> keyring_;
  std::string service_;
};

}  // namespace goflow::credentials
