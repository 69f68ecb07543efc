// Where the session bus may be.
#pragma once

#include <optional>
#include <string>

namespace goflow::credentials {

/// From the environment of the process.
struct SessionBus {
  std::optional<std::string> address = {};         // DBUS_SESSION_BUS_ADDRESS
  std::optional<std::string> runtime_folder = {};  // XDG_RUNTIME_DIR
};

/// Whether every address of the bus is a socket of this machine. Nobody reads along there but
/// programs of this user, which may as well ask the service themselves.
bool is_local(const SessionBus& bus);

}  // namespace goflow::credentials
