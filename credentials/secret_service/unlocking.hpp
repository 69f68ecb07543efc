// Unlocks a keyring by the prompt of its service, where one can be shown.
#pragma once

#include "credentials/secret_service/items.hpp"
#include "credentials/secret_service/secret_service_store.hpp"

namespace goflow::credentials {

/// Those items that are locked; some is. credential: no prompt can be shown, it was dismissed, or
/// nobody answered it.
core::Result<void> unlock_items(Session& session,
                                const std::vector<Item>& items,
                                const SecretServiceOptions& options);

/// Where a new entry goes, unlocked, and made when there is none.
core::Result<Owned<SecretCollection>> unlocked_collection(Session& session,
                                                          const SecretServiceOptions& options);

}  // namespace goflow::credentials
