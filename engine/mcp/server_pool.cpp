#include "engine/mcp/server_pool.hpp"

#include <algorithm>

namespace goflow::engine {

core::Result<std::shared_ptr<McpClient>, core::Failure> McpServers::client_for(
    const std::string& server_id,
    const std::function<core::Result<McpServer, core::Failure>()>& describe) {
  const auto known = clients_.find(server_id);
  if (known != clients_.end() && !known->second->has_ended()) return known->second;
  GOFLOW_TRY(const McpServer server, describe());
  GOFLOW_TRY(auto client, McpClient::start(loop_, server));
  clients_.insert_or_assign(server_id, client);
  return client;
}

void McpServers::close() {
  for (const auto& [id, client] : clients_) {
    client->close();
  }
}

bool McpServers::are_closed() const {
  return std::all_of(clients_.begin(), clients_.end(), [](const auto& entry) {
    return entry.second->has_ended();
  });
}

}  // namespace goflow::engine
