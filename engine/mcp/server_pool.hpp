// The MCP servers of a run: each is started when it is first needed, shared, and closed at the end.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "engine/mcp/client.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace goflow::engine {

class EventLoop;

class McpServers {
 public:
  explicit McpServers(EventLoop& loop) : loop_(loop) {}

  /// Described when it has to be started: for the first time, or after it was lost.
  core::Result<std::shared_ptr<McpClient>, core::Failure> client_for(
      const std::string& server_id,
      const std::function<core::Result<McpServer, core::Failure>()>& describe);

  /// Asks all of them to end.
  void close();
  [[nodiscard]] bool are_closed() const;

 private:
  EventLoop& loop_;
  std::map<std::string, std::shared_ptr<McpClient>> clients_;
};

}  // namespace goflow::engine
