#include "tests/engine/mcp/talk.hpp"
#include "tests/support/parsed_json.hpp"
#include "tests/support/test_server.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using core::Value;
using test::parsed;

namespace {

/// Servers behind addresses, for as long as a test.
class Web {
 public:
  [[nodiscard]] McpServer server(const std::string& path) const {
    const bool is_sse = path == "/sse" || path == "/elsewhere" || path == "/short";
    McpServer server{.id = "test",
                     .transport = is_sse ? core::Transport::sse : core::Transport::http};
    server.request.url = web_.url(path);
    server.request.headers = {{"X-Team", "blue"}};
    return server;
  }

  /// "POST /mcp initialize", with the members of what was heard that are asked for.
  [[nodiscard]] std::vector<std::string> heard(const std::vector<std::string>& members = {}) const {
    EventLoop loop;
    std::vector<std::string> lines;
    const auto asked = HttpTransfer::start(
        loop, HttpRequest{.url = web_.url("/heard")}, largest_message, [&](const auto& response) {
          REQUIRE(response.ok());
          const Value all = parsed(response->body);
          for (const Value& one : all.as_array())
            lines.push_back(line(one, members));
          loop.stop();
        });
    loop.run();
    return lines;
  }

  [[nodiscard]] std::string url(const std::string& path) const { return web_.url(path); }

 private:
  static std::string line(const Value& heard, const std::vector<std::string>& members) {
    std::string line = heard.find("request")->as_text();
    const Value& method = *heard.find("method");
    if (method.is_text()) line += " " + method.as_text();
    for (const std::string& member : members) {
      const Value& value = *heard.find(member);
      line += " " + (value.is_text() ? value.as_text() : "-");
    }
    return line;
  }

  test::TestServer web_{GOFLOW_MCP_HTTP_SERVER};
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("tools are called over HTTP, whichever way the answers come") {
  const Web web;
  for (const std::string path : {"/mcp", "/lasting", "/json", "/open", "/sse"}) {
    CAPTURE(path);
    Talk talk(web.server(path));
    CHECK(talk.said("echo", R"({"text": 5})") == "5");
    CHECK(parsed(talk.said("types", R"({"number": "2.5", "any": "5"})")) ==
          parsed(R"({"number": 2.5, "any": "5"})"));
    CHECK(talk.said("ech") == "validation: server 'test' has no tool 'ech'");
    CHECK(talk.said("refuse") == "execution: invalid arguments: none are good enough");
    const std::string large(3'000'000, 'x');
    CHECK(talk.said("echo", R"({"text": ")" + large + "\"}") == large);
    talk.close();
  }
}

TEST_CASE("a session is kept up, and ended with the run") {
  const Web web;
  Talk talk(web.server("/mcp"));
  CHECK(talk.said("echo", R"({"text": "x"})") == "x");
  talk.close();
  CHECK(web.heard({"session", "version", "team"}) ==
        Lines{"POST /mcp initialize - - blue",
              "POST /mcp notifications/initialized session-1 2025-11-25 blue",
              "POST /mcp tools/list session-1 2025-11-25 blue",
              "POST /mcp tools/call session-1 2025-11-25 blue",
              "DELETE /mcp session-1 2025-11-25 blue"});
}

TEST_CASE("a server of the older kind says where it wants messages") {
  const Web web;
  Talk talk(web.server("/sse"));
  CHECK(talk.said("echo", R"({"text": "x"})") == "x");
  talk.close();
  CHECK(web.heard({"accept"}) ==
        Lines{"GET /sse text/event-stream",
              "POST /messages?session=session-1 initialize application/json, text/event-stream",
              "POST /messages?session=session-1 notifications/initialized application/json, "
              "text/event-stream",
              "POST /messages?session=session-1 tools/list application/json, text/event-stream",
              "POST /messages?session=session-1 tools/call application/json, text/event-stream"});
}

TEST_CASE("questions of a server come with the answers, and are answered") {
  const Web web;
  for (const std::string path : {"/mcp", "/sse"}) {
    CAPTURE(path);
    Talk talk(web.server(path));
    CHECK(parsed(talk.said("ask")) == parsed(R"({
        "of-the-server-0": {},
        "of-the-server-1": {"code": -32601, "message": "goflow does not offer 'roots/list'"}})"));
    CHECK(talk.said("change") == "changed");
    CHECK_FALSE(talk.said("tool_calls_again").empty());
  }
}

TEST_CASE("calls go on side by side, and one that nobody waits for is given up") {
  const Web web;
  for (const std::string path : {"/mcp", "/json", "/sse"}) {
    CAPTURE(path);
    Talk talk(web.server(path));
    const auto client = talk.client();
    const auto id = client->call("sleep", parsed(R"({"seconds": 60})"), [](const CallResult&) {
      FAIL("nobody waits for it");
    });
    CHECK(talk.said("echo", R"({"text": "meanwhile"})") == "meanwhile");
    client->withdraw(id);
    CHECK(talk.said("cancelled") == "[3]");
  }
}

TEST_CASE("a server hears that nobody waits for a call any more, also when the run is over") {
  const Web web;
  Talk talk(web.server("/mcp"));
  const auto client = talk.client();
  const auto id = client->call("sleep", parsed(R"({"seconds": 60})"), [](const CallResult&) {
    FAIL("nobody waits for it");
  });
  CHECK(talk.said("echo", R"({"text": "x"})") == "x");
  client->withdraw(id);
  talk.close();
  const Lines heard = web.heard();
  REQUIRE(heard.size() == 7);
  CHECK(heard[5] == "POST /mcp notifications/cancelled");
  CHECK(heard[6] == "DELETE /mcp");
}

TEST_CASE("what goes wrong with one call is told of it, and the next one goes on") {
  const Web web;
  for (const std::string path : {"/mcp", "/json", "/sse"}) {
    CAPTURE(path);
    Talk talk(web.server(path));
    const CallResult broken = talk.call("broken");
    REQUIRE_FALSE(broken.ok());
    CHECK(broken.error().type == "connection");
    CHECK(broken.error().message == "server 'test' answers with HTTP status 503: come back later");
    CHECK(broken.error().context.find("status")->as_integer() == 503);
    if (path != "/sse") {
      CHECK(talk.said("leave") == "connection: server 'test' has not answered");
    }
    if (path == "/mcp") {
      CHECK(talk.said("half") == "connection: server 'test' has not answered");
    }
    CHECK(talk.said("calls").ends_with(path == "/sse" ? " 1" : path == "/mcp" ? " 3" : " 2"));
  }
}

TEST_CASE("a server that has forgotten the session is greeted anew for the next call") {
  const Web web;
  Talk talk(web.server("/mcp"));
  CHECK(talk.said("echo", R"({"text": "x"})") == "x");
  CHECK(talk.said("forget") == "connection: server 'test' has forgotten the session");
  CHECK(talk.said("calls").ends_with(" 1"));
  Talk older(web.server("/sse"));
  CHECK(older.said("forget") == "connection: server 'test' has ended");
  CHECK(older.said("calls").ends_with(" 1"));
}

TEST_CASE("what is no MCP server is told as what it is") {
  const Web web;
  const auto told = [&](const std::string& path) {
    Talk talk(web.server(path));
    const CallResult answer = talk.call("echo");
    REQUIRE_FALSE(answer.ok());
    const Value* hint = answer.error().context.find("hint");
    return answer.error().type + ": " + answer.error().message +
           (hint != nullptr ? "; " + hint->as_text() : "");
  };
  CHECK(told("/moved") == "connection: server 'test' answers with HTTP status 307; it leads to " +
                              web.url("/mcp") + "; write that as its url");
  CHECK(told("/broken") == "connection: server 'test' answers with HTTP status 500");
  CHECK(told("/words") == "connection: server 'test' has not answered");
  CHECK(told("/guarded") == "connection: server 'test' answers with HTTP status 401: who are you?");
  CHECK(told("/short") == "connection: server 'test' has ended");
  CHECK(told("/elsewhere")
            .starts_with("connection: server 'test' wants messages at 'http://localhost:"));
  McpServer words = web.server("/sse");
  words.request.url = web.url("/heard");
  Talk talk(words);
  CHECK(talk.said("echo") == "connection: server 'test' answers with no stream of events");
}

TEST_CASE("a server that cannot be reached is told as that") {
  for (const core::Transport transport : {core::Transport::http, core::Transport::sse}) {
    McpServer server{.id = "test", .transport = transport};
    server.request.url = "http://127.0.0.1:9/mcp";
    Talk talk(server);
    CHECK(talk.said("echo").starts_with("connection: server 'test': cannot reach '127.0.0.1:9': "));
  }
}

TEST_CASE("servers that are left alone hear no more") {
  const Web web;
  for (const std::string path : {"/mcp", "/sse"}) {
    Talk talk(web.server(path));
    CHECK(talk.said("echo", R"({"text": "here"})") == "here");
  }
  CHECK(web.heard().back() == "POST /messages?session=session-1 tools/call");
  const Lines heard = web.heard();
  CHECK(std::find(heard.begin(), heard.end(), "DELETE /mcp") == heard.end());
}
