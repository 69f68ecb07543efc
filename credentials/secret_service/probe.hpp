// Whether a Secret Service would keep secrets for us, found out without disturbing anybody.
#pragma once

#include "core/base/result.hpp"
#include "credentials/secret_service/session_bus.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace goflow::credentials {

/// The keyring into which new secrets would go.
struct DefaultKeyring {
  std::string label;
  bool is_locked = true;
};

/// Reads only: prompts nobody, unlocks nothing, starts neither a bus nor a service, and comes back
/// within the limit. nullopt: the service has no default keyring. credential: the reason why no
/// service can be used.
core::Result<std::optional<DefaultKeyring>> probe_secret_service(const SessionBus& bus,
                                                                 std::chrono::milliseconds limit);

}  // namespace goflow::credentials
