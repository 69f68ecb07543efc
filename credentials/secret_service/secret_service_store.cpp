#include "credentials/secret_service/secret_service_store.hpp"

#include "core/secret/credential_value.hpp"
#include "credentials/secret_service/items.hpp"
#include "credentials/secret_service/summaries.hpp"
#include "credentials/secret_service/unlocking.hpp"

#include <algorithm>
#include <chrono>
#include <map>
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

/// Each call is a conversation of its own: the service may have been started anew in between. Only
/// the one that found the service goes on with the first call, if that follows at once.
class SecretServiceStore final : public core::CredentialStore {
 public:
  SecretServiceStore(const SecretLibrary& library,
                     SecretServiceOptions options,
                     const core::CredentialNamespace& credential_namespace,
                     std::unique_ptr<Session> first)
      : library_(library),
        options_(std::move(options)),
        service_(credential_namespace.service()),
        first_(std::move(first)) {}

  Result<void> set(const CredentialKey& key, const Secret& value) override;
  Result<std::optional<Secret>> get(const CredentialKey& key) override;
  Result<bool> remove(const CredentialKey& key) override;
  Result<bool> exists(const CredentialKey& key) override;
  Result<std::vector<StoredCredential>> list() override;
  Result<LockState> lock_state() override;

 private:
  Result<std::unique_ptr<Session>> converse();
  Result<std::vector<ItemSummary>> summarize(Session& session);
  Result<std::vector<Item>> find_unlocked(Session& session, const CredentialKey* key);
  Result<std::optional<Secret>> fetch(Session& session, const CredentialKey& key);
  Result<void> write(Session& session, const CredentialKey& key, const Secret& value);
  Result<bool> replace(Session& session, std::vector<Item>& items, const Secret& value);

  const SecretLibrary& library_;
  const SecretServiceOptions options_;
  const std::string service_;
  std::mutex first_mutex_;
  std::unique_ptr<Session> first_;
  const std::chrono::steady_clock::time_point opened_at_ = std::chrono::steady_clock::now();
};

Result<std::unique_ptr<Session>> SecretServiceStore::converse() {
  constexpr std::chrono::seconds at_once{1};
  std::unique_ptr<Session> session;
  {
    const std::scoped_lock turn(first_mutex_);
    session = std::move(first_);
  }
  if (session != nullptr && std::chrono::steady_clock::now() - opened_at_ < at_once) {
    session->extend(options_.timeout);
    return session;
  }
  session = std::make_unique<Session>(library_, options_.timeout);
  GOFLOW_TRY(session->open(options_.bus));
  return session;
}

Result<void> SecretServiceStore::set(const CredentialKey& key, const Secret& value) {
  GOFLOW_TRY(core::check_credential_value(value.expose()));
  GOFLOW_TRY(const auto conversation, converse());
  Session& session = *conversation;
  GOFLOW_TRY(write(session, key, value));
  GOFLOW_TRY(const auto stored, fetch(session, key));
  if (stored && stored->has_same_bytes(value)) return {};
  return Error{ErrorCode::credential,
               "the keyring does not give back what was stored for '" + key.text() + "'"}
      .with_hint("try again; if it stays so: export GOFLOW_KEYRING=file");
}

Result<std::optional<Secret>> SecretServiceStore::get(const CredentialKey& key) {
  GOFLOW_TRY(const auto conversation, converse());
  Session& session = *conversation;
  return fetch(session, key);
}

Result<bool> SecretServiceStore::remove(const CredentialKey& key) {
  GOFLOW_TRY(const auto conversation, converse());
  Session& session = *conversation;
  GOFLOW_TRY(const auto items, find_unlocked(session, &key));
  bool was_there = false;
  for (const Item& item : items) {
    GOFLOW_TRY(const bool is_removed, delete_item(session, item));
    was_there = was_there || is_removed;
  }
  return was_there;
}

Result<bool> SecretServiceStore::exists(const CredentialKey& key) {
  GOFLOW_TRY(const auto conversation, converse());
  Session& session = *conversation;
  GOFLOW_TRY(const auto items, find_items(session, service_, &key));
  return !items.empty();
}

Result<std::vector<StoredCredential>> SecretServiceStore::list() {
  GOFLOW_TRY(const auto conversation, converse());
  Session& session = *conversation;
  GOFLOW_TRY(const auto items, summarize(session));
  std::map<CredentialKey, StoredCredential> listed;
  for (const ItemSummary& item : items) {
    auto key = CredentialKey::parse(item.username.value_or(""));
    if (!key) continue;  // reserved, or of a program that uses other names
    const StoredCredential entry{*key, item.created_at, item.updated_at};
    const auto [place, is_new] = listed.try_emplace(*key, entry);
    if (!is_new && place->second.updated_at < entry.updated_at) place->second = entry;
  }
  std::vector<StoredCredential> entries;
  for (auto& [key, entry] : listed) {
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<std::vector<ItemSummary>> SecretServiceStore::summarize(Session& session) {
  GOFLOW_TRY(ItemPaths paths, find_paths(session, service_));
  GOFLOW_TRY(const auto locked, summarize_items(session, paths.locked));
  // GNOME Keyring tells only hashes of the names in a locked keyring.
  const bool hides_names = std::any_of(
      locked.begin(), locked.end(), [](const ItemSummary& item) { return !item.username; });
  if (hides_names) {
    GOFLOW_TRY(find_unlocked(session, nullptr));
    GOFLOW_TRY(paths, find_paths(session, service_));
  }
  GOFLOW_TRY(auto items, summarize_items(session, paths.unlocked));
  if (!hides_names) items.insert(items.end(), locked.begin(), locked.end());
  return items;
}

Result<LockState> SecretServiceStore::lock_state() {
  GOFLOW_TRY(const auto conversation, converse());
  Session& session = *conversation;
  GOFLOW_TRY(const auto collection, session.collection());
  const bool is_locked =
      collection != nullptr && library_.collection_get_locked(collection.get()) != FALSE;
  return is_locked ? LockState::locked : LockState::unlocked;
}

Result<std::vector<Item>> SecretServiceStore::find_unlocked(Session& session,
                                                            const CredentialKey* key) {
  GOFLOW_TRY(auto items, find_items(session, service_, key));
  const bool some_locked = std::any_of(
      items.begin(), items.end(), [&](const Item& item) { return is_locked(session, item); });
  if (!some_locked) return items;
  GOFLOW_TRY(unlock_items(session, items, options_));
  // What is known of an item was told while it was locked: names and times were missing.
  return find_items(session, service_, key);
}

Result<std::optional<Secret>> SecretServiceStore::fetch(Session& session,
                                                        const CredentialKey& key) {
  GOFLOW_TRY(const ItemPaths paths, find_paths_to_read(session, service_, key));
  if (paths.locked.empty()) {
    if (paths.unlocked.empty()) return std::optional<Secret>();
    // Nothing else has to be known of the only one: that would take twice as long.
    if (paths.unlocked.size() == 1) return load_value(session, paths.unlocked.front());
  }
  GOFLOW_TRY(auto items, find_unlocked(session, &key));
  if (items.empty()) return std::optional<Secret>();
  return load_value(session, newest(session, items));
}

Result<void> SecretServiceStore::write(Session& session,
                                       const CredentialKey& key,
                                       const Secret& value) {
  GOFLOW_TRY(auto items, find_unlocked(session, &key));
  GOFLOW_TRY(const bool is_replaced, replace(session, items, value));
  if (is_replaced) return {};
  GOFLOW_TRY(const auto collection, unlocked_collection(session, options_));
  return create_item(session, collection, service_, key, value);
}

/// In its place, whoever wrote it; there is only one of them afterwards. false: there is none.
Result<bool> SecretServiceStore::replace(Session& session,
                                         std::vector<Item>& items,
                                         const Secret& value) {
  if (items.empty()) return false;
  const Item& kept = newest(session, items);
  GOFLOW_TRY(const bool is_replaced, replace_value(session, kept, value));
  for (const Item& item : items) {
    if (item == kept) continue;
    GOFLOW_TRY(delete_item(session, item));
  }
  return is_replaced;
}

}  // namespace

Result<std::unique_ptr<core::CredentialStore>> open_secret_service(
    SecretServiceOptions options, const core::CredentialNamespace& credential_namespace) {
  GOFLOW_TRY(const SecretLibrary* library, secret_library());
  auto session = std::make_unique<Session>(*library, options.timeout);
  GOFLOW_TRY(session->open(options.bus));
  return std::unique_ptr<core::CredentialStore>(std::make_unique<SecretServiceStore>(
      *library, std::move(options), credential_namespace, std::move(session)));
}

}  // namespace goflow::credentials
