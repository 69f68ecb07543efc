// Entries of a keyring, as libsecret has them.
#pragma once

#include "core/secret/credential_store.hpp"
#include "credentials/secret_service/session.hpp"

#include <string>
#include <vector>

namespace goflow::credentials {

using Item = Owned<SecretItem>;

/// Where on the bus entries are.
struct ItemPaths {
  std::vector<std::string> unlocked = {};
  std::vector<std::string> locked = {};
};

/// Of all entries of a service, or of one user of it; nothing is unlocked. failed_precondition:
/// they are not told.
core::Result<ItemPaths> find_paths(Session& session,
                                   const std::string& service,
                                   const core::CredentialKey* key = nullptr);
/// Of those of one user, whose value is going to be read: the keys that hide it on the bus are
/// agreed upon meanwhile, which takes longer than the search.
core::Result<ItemPaths> find_paths_to_read(Session& session,
                                           const std::string& service,
                                           const core::CredentialKey& key);

/// Those of one service, or of one user of it. Values are not fetched, nothing is unlocked.
core::Result<std::vector<Item>> find_items(Session& session,
                                           const std::string& service,
                                           const core::CredentialKey* key = nullptr);

bool is_locked(Session& session, const Item& item);
/// "login"
std::string collection_name(Session& session, const Item& item);

/// The one that was changed last; there is at least one.
Item& newest(Session& session, std::vector<Item>& items);

/// nullopt: it is gone.
core::Result<std::optional<core::Secret>> load_value(Session& session, const Item& item);
/// Of what is not locked.
core::Result<std::optional<core::Secret>> load_value(Session& session, const std::string& path);
/// false: it is gone.
core::Result<bool> replace_value(Session& session, const Item& item, const core::Secret& value);
core::Result<bool> delete_item(Session& session, const Item& item);

/// Replaces one of the same service and key in the same collection.
core::Result<void> create_item(Session& session,
                               const Owned<SecretCollection>& collection,
                               const std::string& service,
                               const core::CredentialKey& key,
                               const core::Secret& value);

}  // namespace goflow::credentials
