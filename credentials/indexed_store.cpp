#include "credentials/indexed_store.hpp"

#include "core/value/json.hpp"
#include "credentials/home_lock.hpp"

#include <algorithm>

namespace goflow::credentials {
namespace {

using core::CredentialKey;
using core::ErrorCode;
using core::LockState;
using core::Result;
using core::Secret;
using core::StoredCredential;

using Names = std::vector<std::string>;

// From here on a change of one key is written into the index as it is: to enumerate them all each
// time would take longer than the change. What else is wrong there, list() finds.
constexpr std::size_t many = 64;

Names names_of(const std::vector<StoredCredential>& entries) {
  Names names;
  for (const StoredCredential& entry : entries) {
    names.push_back(entry.key.text());
  }
  return names;
}

/// Sorted. nullopt: it is damaged.
std::optional<Names> parse_index(std::string_view json) {
  const auto index = core::parse_json(json);
  if (!index || !index->is_array()) return std::nullopt;
  Names names;
  for (const core::Value& name : index->as_array()) {
    if (!name.is_text()) return std::nullopt;
    names.push_back(name.as_text());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string write_index(const Names& names) {
  return core::to_json(core::Array(names.begin(), names.end()));
}

class IndexedStore final : public core::CredentialStore {
 public:
  IndexedStore(std::unique_ptr<core::CredentialStore> store,
               std::string home,
               std::chrono::milliseconds patience,
               core::CredentialNotice notify)
      : store_(std::move(store)),
        home_(std::move(home)),
        patience_(patience),
        notify_(std::move(notify)) {}

  Result<void> set(const CredentialKey& key, const Secret& value) override;
  Result<std::optional<Secret>> get(const CredentialKey& key) override { return store_->get(key); }
  Result<bool> remove(const CredentialKey& key) override;
  Result<bool> exists(const CredentialKey& key) override { return store_->exists(key); }
  Result<std::vector<StoredCredential>> list() override;
  Result<LockState> lock_state() override { return store_->lock_state(); }

 private:
  /// The names in the index; none when there is no index, or it is damaged.
  Result<std::optional<Names>> read();
  /// For a store that says `why` it cannot tell its entries itself.
  Result<std::vector<StoredCredential>> list_index(core::Error why);
  /// Under the lock: what is enumerated, written down.
  Result<void> rewrite();
  Result<void> write(const Names& names);
  Result<void> mend_where(const CredentialKey& key, bool is_there);
  Result<void> mend_unless(const Names& names);
  void tell(const Result<void>& mended) const;

  std::unique_ptr<core::CredentialStore> store_;
  const std::string home_;
  const std::chrono::milliseconds patience_;
  const core::CredentialNotice notify_;
};

Result<void> IndexedStore::set(const CredentialKey& key, const Secret& value) {
  // Held around the store's own work too: what it reads back must be what it wrote.
  GOFLOW_TRY(const HomeLock lock, HomeLock::take(home_, patience_));
  GOFLOW_TRY(store_->set(key, value));
  tell(mend_where(key, true));
  return {};
}

Result<bool> IndexedStore::remove(const CredentialKey& key) {
  GOFLOW_TRY(const HomeLock lock, HomeLock::take(home_, patience_));
  GOFLOW_TRY(const bool was_there, store_->remove(key));
  if (was_there) tell(mend_where(key, false));
  return was_there;
}

Result<std::vector<StoredCredential>> IndexedStore::list() {
  auto entries = store_->list();
  if (!entries && entries.error().code == ErrorCode::failed_precondition) {
    return list_index(std::move(entries).error());
  }
  if (!entries) return entries;
  // The index is a value: to read it would open a prompt.
  const auto lock_state = store_->lock_state();
  if (lock_state && *lock_state == LockState::unlocked) tell(mend_unless(names_of(*entries)));
  return entries;
}

Result<std::vector<StoredCredential>> IndexedStore::list_index(core::Error why) {
  const auto names = read();
  if (!names || !*names || (*names)->empty()) {
    why.code = ErrorCode::credential;
    return why;
  }
  if (notify_) {
    notify_("the list may lack what other programs have stored, because " + why.message);
  }
  std::vector<StoredCredential> entries;
  for (const std::string& name : **names) {
    auto key = CredentialKey::parse(name);
    if (key) entries.push_back({*std::move(key)});
  }
  return entries;
}

Result<std::optional<Names>> IndexedStore::read() {
  GOFLOW_TRY(const auto index, store_->get(CredentialKey::index()));
  return index ? parse_index(index->expose()) : Names();
}

Result<void> IndexedStore::rewrite() {
  GOFLOW_TRY(const auto entries, store_->list());
  if (!entries.empty()) return write(names_of(entries));
  GOFLOW_TRY(store_->remove(CredentialKey::index()));
  return {};
}

Result<void> IndexedStore::write(const Names& names) {
  return store_->set(CredentialKey::index(), Secret::copy_of(write_index(names)));
}

Result<void> IndexedStore::mend_where(const CredentialKey& key, bool is_there) {
  if (key.is_reserved()) return {};
  GOFLOW_TRY(auto names, read());
  const bool is_listed = names && std::binary_search(names->begin(), names->end(), key.text());
  if (names && is_listed == is_there) return {};
  if (!names || names->size() < many) return rewrite();
  std::erase(*names, key.text());
  if (is_there) names->push_back(key.text());
  std::sort(names->begin(), names->end());
  return write(*names);
}

Result<void> IndexedStore::mend_unless(const Names& names) {
  GOFLOW_TRY(const auto known, read());
  if (known == names) return {};
  GOFLOW_TRY(const HomeLock lock, HomeLock::take(home_, patience_));
  return rewrite();
}

void IndexedStore::tell(const Result<void>& mended) const {
  if (mended || !notify_) return;
  notify_("the list of keys that other programs read could not be written: " +
          mended.error().message);
}

}  // namespace

std::unique_ptr<core::CredentialStore> with_index(std::unique_ptr<core::CredentialStore> store,
                                                  std::string home,
                                                  std::chrono::milliseconds patience,
                                                  core::CredentialNotice notify) {
  return std::make_unique<IndexedStore>(
      std::move(store), std::move(home), patience, std::move(notify));
}

}  // namespace goflow::credentials
