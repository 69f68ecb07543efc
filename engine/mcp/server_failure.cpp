#include "engine/mcp/server_failure.hpp"

namespace goflow::engine {

core::Failure server_failure(const std::string& server_id, const std::string& what) {
  return core::Failure{"connection", "server '" + server_id + "'" + what};
}

core::Failure flooded_by_server(const std::string& server_id) {
  return core::Failure{"data", "a message of server '" + server_id + "' is over 64 MiB"};
}

}  // namespace goflow::engine
