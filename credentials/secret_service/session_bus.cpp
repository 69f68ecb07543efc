#include "credentials/secret_service/session_bus.hpp"

#include <string_view>

namespace goflow::credentials {

bool is_local(const SessionBus& bus) {
  constexpr std::string_view local_address = "unix:";
  // Without an address the bus is a socket in the folder of the user.
  if (!bus.address || bus.address->empty()) return true;
  std::string_view rest = *bus.address;
  while (!rest.empty()) {
    if (!rest.starts_with(local_address)) return false;
    const std::size_t end = rest.find(';');
    if (end == rest.npos) break;
    rest.remove_prefix(end + 1);
  }
  return true;
}

}  // namespace goflow::credentials
