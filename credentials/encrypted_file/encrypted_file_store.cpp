#include "credentials/encrypted_file/encrypted_file_store.hpp"

#include "core/secret/credential_value.hpp"
#include "credentials/encrypted_file/entries.hpp"
#include "credentials/encrypted_file/envelope.hpp"
#include "credentials/encrypted_file/private_file.hpp"
#include "credentials/home_lock.hpp"

#include <algorithm>
#include <mutex>

namespace goflow::credentials {
namespace {

using core::CredentialKey;
using core::Error;
using core::ErrorCode;
using core::LockState;
using core::Result;
using core::Secret;
using core::StoredCredential;

// Each of many writers may have to make a key of the passphrase, twice.
constexpr std::chrono::seconds patience{60};

/// The file, opened. Without an envelope there is none yet.
struct Contents {
  std::optional<Envelope> envelope = std::nullopt;
  FileEntries entries = {};
};

/// How it is kept whole among threads and processes:
/// 1. Threads take turns at every call.
/// 2. Readers take no lock: rename() shows them the old file or the new one.
/// 3. Writers hold the lock of the home from reading the file to replacing it.
/// 4. A person is asked for the passphrase before that, so that nobody waits for a prompt.
class EncryptedFileStore final : public core::CredentialStore {
 public:
  EncryptedFileStore(EncryptedFileOptions options, std::string service)
      : home_(std::move(options.home)),
        path_(home_ + "/credentials.enc"),
        service_(std::move(service)),
        keys_(std::move(options.keys)) {}

  Result<void> set(const CredentialKey& key, const Secret& value) override;
  Result<std::optional<Secret>> get(const CredentialKey& key) override;
  Result<bool> remove(const CredentialKey& key) override;
  Result<bool> exists(const CredentialKey& key) override;
  Result<std::vector<StoredCredential>> list() override;
  Result<LockState> lock_state() override;

 private:
  Result<std::optional<Envelope>> read() const;
  Result<Contents> load();
  Result<void> save(const Contents& contents);
  /// So that what follows needs nobody to ask.
  Result<void> be_ready_to_write();
  Result<std::optional<Secret>> fetch(const CredentialKey& key);
  [[nodiscard]] Error not_ours() const {
    return in_file({ErrorCode::credential, "what it hides is not what goflow wrote", ""});
  }
  [[nodiscard]] Error in_file(Error error) const {
    return std::move(error).with_context("'" + path_ + "'");
  }

  std::mutex mutex_;
  const std::string home_;
  const std::string path_;
  const std::string service_;
  FileKeys keys_;
};

Result<void> EncryptedFileStore::set(const CredentialKey& key, const Secret& value) {
  GOFLOW_TRY(core::check_credential_value(value.expose()));
  const std::scoped_lock turn(mutex_);
  GOFLOW_TRY(be_ready_to_write());
  GOFLOW_TRY(const HomeLock lock, HomeLock::take(home_, patience));
  GOFLOW_TRY(Contents contents, load());
  contents.entries.set(service_, key.text(), value, core::SystemClock().now());
  GOFLOW_TRY(save(contents));
  GOFLOW_TRY(const auto stored, fetch(key));
  if (stored && stored->has_same_bytes(value)) return {};
  return in_file({ErrorCode::credential, "it does not give back what was stored", ""});
}

Result<std::optional<Secret>> EncryptedFileStore::get(const CredentialKey& key) {
  const std::scoped_lock turn(mutex_);
  return fetch(key);
}

Result<bool> EncryptedFileStore::remove(const CredentialKey& key) {
  const std::scoped_lock turn(mutex_);
  GOFLOW_TRY(const Contents before, load());
  if (before.entries.find(service_, key.text()) == nullptr) return false;
  GOFLOW_TRY(const HomeLock lock, HomeLock::take(home_, patience));
  GOFLOW_TRY(Contents contents, load());
  if (!contents.entries.remove(service_, key.text())) return false;
  GOFLOW_TRY(save(contents));
  return true;
}

Result<bool> EncryptedFileStore::exists(const CredentialKey& key) {
  const std::scoped_lock turn(mutex_);
  GOFLOW_TRY(const Contents contents, load());
  return contents.entries.find(service_, key.text()) != nullptr;
}

Result<std::vector<StoredCredential>> EncryptedFileStore::list() {
  const std::scoped_lock turn(mutex_);
  GOFLOW_TRY(const Contents contents, load());
  std::vector<StoredCredential> listed;
  for (const FileEntry& entry : contents.entries) {
    if (entry.service != service_) continue;
    auto key = CredentialKey::parse(entry.account);
    if (!key) continue;  // reserved
    listed.push_back({.key = *std::move(key), .updated_at = entry.modified_at});
  }
  std::sort(
      listed.begin(), listed.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return listed;
}

Result<LockState> EncryptedFileStore::lock_state() {
  const std::scoped_lock turn(mutex_);
  GOFLOW_TRY(const auto envelope, read());
  const bool is_locked = envelope && keys_.must_ask(*envelope);
  return is_locked ? LockState::locked : LockState::unlocked;
}

Result<std::optional<Envelope>> EncryptedFileStore::read() const {
  GOFLOW_TRY(const auto text, read_private_file(path_));
  if (!text) return std::optional<Envelope>();
  auto envelope = parse_envelope(EnvelopeKind::keyring, text->expose());
  if (!envelope) return in_file(envelope.error());
  return std::optional(*std::move(envelope));
}

Result<Contents> EncryptedFileStore::load() {
  GOFLOW_TRY(auto envelope, read());
  if (!envelope) return Contents();
  GOFLOW_TRY(const EnvelopeKey* key, keys_.key_for(*envelope));
  auto text = open_envelope(*envelope, *key);
  if (!text) {
    keys_.forget();
    return in_file(text.error());
  }
  auto entries = FileEntries::read(*std::move(text));
  if (!entries) return not_ours();
  return Contents{std::move(envelope), *std::move(entries)};
}

Result<void> EncryptedFileStore::save(const Contents& contents) {
  const Envelope* so_far = contents.envelope ? &*contents.envelope : nullptr;
  GOFLOW_TRY(const EnvelopeKey* key, keys_.next_key(so_far));
  const Secret text = contents.entries.write();
  return write_private_file(path_, seal_envelope(EnvelopeKind::keyring, text, *key));
}

Result<void> EncryptedFileStore::be_ready_to_write() {
  GOFLOW_TRY(const Contents contents, load());
  if (contents.envelope) return {};
  GOFLOW_TRY(keys_.next_key(nullptr));
  return {};
}

Result<std::optional<Secret>> EncryptedFileStore::fetch(const CredentialKey& key) {
  GOFLOW_TRY(const Contents contents, load());
  const FileEntry* entry = contents.entries.find(service_, key.text());
  if (entry == nullptr) return std::optional<Secret>();
  auto value = FileEntries::value_of(*entry);
  if (!value) return not_ours();
  return value;
}

}  // namespace

std::unique_ptr<core::CredentialStore> open_encrypted_file(
    EncryptedFileOptions options, const core::CredentialNamespace& credential_namespace) {
  return std::make_unique<EncryptedFileStore>(std::move(options), credential_namespace.service());
}

}  // namespace goflow::credentials
