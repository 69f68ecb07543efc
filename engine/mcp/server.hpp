// How an MCP server is reached, every text of it as it is used.
#pragma once

#include "core/workflow/workflow.hpp"
#include "engine/loop/http_transfer.hpp"

#include <string>
#include <vector>

namespace goflow::engine {

struct McpServer {
  std::string id;
  core::Transport transport = core::Transport::stdio;
  // A program of ours.
  std::vector<std::string> command = {};      // the program first
  std::vector<std::string> environment = {};  // "NAME=value", all of it
  std::string directory = {};
  // Behind an address: what all requests to it have alike.
  HttpRequest request = {};
};

}  // namespace goflow::engine
