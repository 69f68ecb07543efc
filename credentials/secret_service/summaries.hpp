// What a keyring tells of its entries without their values, of hundreds in a moment.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "credentials/secret_service/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::credentials {

struct ItemSummary {
  /// nullopt: the item is locked, and its keyring does not tell.
  std::optional<std::string> username = std::nullopt;
  std::optional<core::Timestamp> created_at = std::nullopt;
  std::optional<core::Timestamp> updated_at = std::nullopt;
};

/// Of the entries at these places on the bus, in any order; those that are gone are left out.
/// Nothing is unlocked. Where there are many of them, no times are told: GNOME Keyring needs as
/// long for every property as for the name.
core::Result<std::vector<ItemSummary>> summarize_items(Session& session,
                                                       const std::vector<std::string>& paths);

}  // namespace goflow::credentials
