// How an MCP server is reached, every text of it as it is used.
#pragma once

#include <string>
#include <vector>

namespace goflow::engine {

struct McpServer {
  std::string id;
  std::vector<std::string> command;      // the program first
  std::vector<std::string> environment;  // "NAME=value", all of it
  std::string directory;
};

}  // namespace goflow::engine
