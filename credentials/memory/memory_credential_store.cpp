#include "credentials/memory/memory_credential_store.hpp"

#include "core/secret/credential_value.hpp"

#include <thread>

namespace goflow::credentials {

using core::CredentialKey;
using core::Error;
using core::ErrorCode;
using core::LockState;
using core::Result;
using core::Secret;
using core::StoredCredential;

void MemoryKeyring::fail_with(std::optional<Error> error) {
  const std::scoped_lock lock(mutex_);
  error_ = std::move(error);
}

void MemoryKeyring::delay_by(std::chrono::milliseconds delay) {
  const std::scoped_lock lock(mutex_);
  delay_ = delay;
}

void MemoryKeyring::lock(LockState state) {
  const std::scoped_lock lock(mutex_);
  lock_state_ = state;
}

MemoryCredentialStore::MemoryCredentialStore(std::shared_ptr<MemoryKeyring> keyring,
                                             const core::CredentialNamespace& credential_namespace)
    : keyring_(std::move(keyring)), service_(credential_namespace.service()) {}

Result<void> MemoryCredentialStore::set(const CredentialKey& key, const Secret& value) {
  GOFLOW_TRY(core::check_credential_value(value.expose()));
  GOFLOW_TRY(const auto lock, answer(true));
  const core::Timestamp now = core::SystemClock().now();
  const auto [entry, is_new] = entries().try_emplace(key);
  entry->second.value = value.clone();
  entry->second.updated_at = now;
  if (is_new) entry->second.created_at = now;
  return {};
}

Result<std::optional<Secret>> MemoryCredentialStore::get(const CredentialKey& key) {
  GOFLOW_TRY(const auto lock, answer(true));
  const auto entry = entries().find(key);
  if (entry == entries().end()) return std::optional<Secret>();
  return std::optional(entry->second.value.clone());
}

Result<bool> MemoryCredentialStore::remove(const CredentialKey& key) {
  GOFLOW_TRY(const auto lock, answer(true));
  return entries().erase(key) > 0;
}

Result<bool> MemoryCredentialStore::exists(const CredentialKey& key) {
  GOFLOW_TRY(const auto lock, answer(false));
  return entries().contains(key);
}

Result<std::vector<StoredCredential>> MemoryCredentialStore::list() {
  GOFLOW_TRY(const auto lock, answer(false));
  std::vector<StoredCredential> listed;
  for (const auto& [key, entry] : entries()) {
    if (key.is_reserved()) continue;
    listed.push_back({.key = key, .created_at = entry.created_at, .updated_at = entry.updated_at});
  }
  return listed;
}

Result<LockState> MemoryCredentialStore::lock_state() {
  GOFLOW_TRY(const auto lock, answer(false));
  return keyring_->lock_state_;
}

Result<std::unique_lock<std::mutex>> MemoryCredentialStore::answer(bool needs_unlocked) {
  std::unique_lock lock(keyring_->mutex_);
  if (const auto delay = keyring_->delay_; delay.count() > 0) {
    lock.unlock();
    std::this_thread::sleep_for(delay);
    lock.lock();
  }
  if (keyring_->error_) return *keyring_->error_;
  if (needs_unlocked && keyring_->lock_state_ == LockState::locked) {
    return Error{ErrorCode::credential, "the keyring is locked"}.with_hint(
        "unlock it, then: goflow cred test");
  }
  return lock;
}

}  // namespace goflow::credentials
