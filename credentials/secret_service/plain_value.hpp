// Asks for a value as it is: to agree on keys that hide it on the bus takes longer than the rest.
#pragma once

#include "core/secret/secret.hpp"
#include "credentials/secret_service/session.hpp"

#include <optional>
#include <string>

namespace goflow::credentials {

/// Whether every address of the bus is a socket of this machine. Nobody reads along there but
/// programs of this user, which may as well ask the service themselves.
bool is_local(const SessionBus& bus);

struct PlainValue {
  bool is_told = false;                               // else it has to be asked for under keys
  std::optional<core::Secret> secret = std::nullopt;  // nullopt: it is gone
};

/// Of an entry that is not locked.
core::Result<PlainValue> load_plain_value(Session& session, const std::string& path);

}  // namespace goflow::credentials
