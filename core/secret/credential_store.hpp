// Where secrets are kept: by key, within one namespace.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/secret/credential_key.hpp"
#include "core/secret/secret.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// An entry without its value. A time is there when the store knows it.
struct StoredCredential {
  CredentialKey key;
  std::optional<Timestamp> created_at = std::nullopt;
  std::optional<Timestamp> updated_at = std::nullopt;
};

enum class LockState { unlocked, locked };

/// What the user should hear while a store goes on: that it waits for a prompt, that the list may
/// lack something. A sentence without a full stop.
using CredentialNotice = std::function<void(const std::string& text)>;

/// Safe to call from several threads; calls may take seconds, while the user is asked for a
/// password a minute. A store that cannot answer gives an Error of the code credential.
class CredentialStore {
 public:
  virtual ~CredentialStore() = default;
  /// Creates or replaces. What is stored is read back and compared before success is reported.
  /// invalid_argument: the value is empty or too large.
  virtual Result<void> set(const CredentialKey& key, const Secret& value) = 0;
  /// nullopt: there is no such key.
  virtual Result<std::optional<Secret>> get(const CredentialKey& key) = 0;
  /// false: there was no such key.
  virtual Result<bool> remove(const CredentialKey& key) = 0;
  /// Fetches no value and, where the store allows it, unlocks nothing; list() likewise.
  virtual Result<bool> exists(const CredentialKey& key) = 0;
  /// Sorted by key; reserved names are left out. failed_precondition: the store does not tell what
  /// it has.
  virtual Result<std::vector<StoredCredential>> list() = 0;
  /// Whether get() would first have to unlock something. Disturbs nobody.
  virtual Result<LockState> lock_state() = 0;
};

}  // namespace goflow::core
