// Calls of tools, and what comes of them, with a loop that runs for as long as that takes.
#pragma once

#include "engine/mcp/server_pool.hpp"
#include "tests/support/parsed_json.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

namespace goflow::engine {

using CallResult = core::Result<core::Value, core::Failure>;

class Talk {
 public:
  explicit Talk(McpServer server) : server_(std::move(server)) {}

  CallResult call(const std::string& tool, const std::string& arguments = "{}") {
    auto client = find_client();
    if (!client) return client.error();
    CallResult answer = core::Failure{"none", "no answer came"};
    (*client)->call(tool, test::parsed(arguments), [&](CallResult result) {
      answer = std::move(result);
      loop_.stop();
    });
    loop_.run();
    return answer;
  }

  /// The only text of the answer.
  std::string said(const std::string& tool, const std::string& arguments = "{}") {
    const CallResult answer = call(tool, arguments);
    if (!answer) return answer.error().type + ": " + answer.error().message;
    return answer->find("content")->as_array().at(0).find("text")->as_text();
  }

  std::shared_ptr<McpClient> client() {
    auto client = find_client();
    REQUIRE(client.ok());
    return *client;
  }

  void close() {
    servers_.close();
    loop_.on_turn_end([this] {
      if (servers_.are_closed()) loop_.stop();
    });
    if (!servers_.are_closed()) loop_.run();
    loop_.on_turn_end({});
  }

  EventLoop& loop() { return loop_; }
  McpServers& servers() { return servers_; }

 private:
  core::Result<std::shared_ptr<McpClient>, core::Failure> find_client() {
    return servers_.client_for(server_.id, [this] { return server_; });
  }

  McpServer server_;
  EventLoop loop_;
  McpServers servers_{loop_};
};

}  // namespace goflow::engine
