#include "engine/mcp/client.hpp"

#include "tests/engine/mcp/talk.hpp"
#include "tests/support/parsed_json.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using namespace std::chrono_literals;
using core::Failure;
using core::Value;
using test::parsed;

namespace {

McpServer test_server(const std::vector<std::string>& options = {}) {
  McpServer server{.id = "test",
                   .command = {"python3", "-B", GOFLOW_MCP_SERVER},
                   .environment = {"PATH=/usr/bin:/bin"},
                   .directory = "/"};
  server.command.insert(server.command.end(), options.begin(), options.end());
  return server;
}

/// Of "pid number".
std::string process_in(const std::string& said) {
  return said.substr(0, said.find(' '));
}

}  // namespace

TEST_CASE("a tool is called with arguments that fit what it takes") {
  Talk talk(test_server());
  CHECK(talk.said("echo", R"({"text": 5})") == "5");
  CHECK(parsed(talk.said("types",
                         R"({"number": "2.5", "whole": "7", "truth": "true", "any": "5"})")) ==
        parsed(R"({"number": 2.5, "whole": 7, "truth": true, "any": "5"})"));
}

TEST_CASE("one server answers all calls, and keeps what it knows") {
  Talk talk(test_server());
  const std::string first = talk.said("calls");
  const std::string second = talk.said("calls");
  CHECK(process_in(first) == process_in(second));
  CHECK(first.ends_with(" 1"));
  CHECK(second.ends_with(" 2"));
}

TEST_CASE("calls go on side by side, and are answered as they end") {
  Talk talk(test_server());
  const auto client = talk.client();
  std::vector<std::string> ended;
  const auto call = [&](const std::string& seconds) {
    client->call(
        "sleep", parsed("{\"seconds\": " + seconds + "}"), [&, seconds](CallResult result) {
          CHECK(result.ok());
          ended.push_back(seconds);
          if (ended.size() == 2) talk.loop().stop();
        });
  };
  call("0.5");
  call("0.05");
  talk.loop().run();
  CHECK(ended == std::vector<std::string>{"0.05", "0.5"});
}

TEST_CASE("tools that are told page by page are all known") {
  Talk talk(test_server({"--pages"}));
  CHECK(talk.said("types", R"({"whole": "7"})") == R"({"whole": 7})");
}

TEST_CASE("a tool that came later is known") {
  Talk talk(test_server());
  CHECK(talk.said("tool_calls_again").starts_with("validation: "));
  CHECK(talk.said("change") == "changed");
  CHECK(talk.said("tool_calls_again").ends_with(" 2"));
}

TEST_CASE("an unknown tool is refused with what it may have meant, and never called") {
  Talk talk(test_server());
  const CallResult answer = talk.call("ecko");
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().type == "validation");
  CHECK(answer.error().message == "server 'test' has no tool 'ecko'");
  CHECK(answer.error().context.find("hint")->as_text() == "did you mean 'echo'?");
  CHECK(talk.said("calls").ends_with(" 1"));
}

TEST_CASE("a server without tools has none") {
  Talk talk(test_server({"--greets", "toolless"}));
  CHECK(talk.said("echo") == "validation: server 'test' has no tool 'echo'");
}

TEST_CASE("an error of the protocol is the failure of the call alone") {
  Talk talk(test_server());
  const CallResult answer = talk.call("refuse");
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().type == "execution");
  CHECK(answer.error().message == "invalid arguments: none are good enough");
  CHECK(answer.error().context.find("code")->as_integer() == -32602);
  CHECK(talk.said("echo", R"({"text": "still there"})") == "still there");
}

TEST_CASE("a server that dies takes its calls with it, and is started again for the next") {
  Talk talk(test_server());
  const std::string before = process_in(talk.said("calls"));
  const CallResult answer = talk.call("die");
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().type == "connection");
  CHECK(answer.error().message == "server 'test' has ended with exit code 7");
  CHECK(answer.error().context.find("stderr")->as_text() == "the last words\nof the server");
  const std::string after = talk.said("calls");
  CHECK(after.ends_with(" 1"));
  CHECK(process_in(after) != before);
  CHECK(talk.said("die", R"({"by": "signal"})") ==
        "connection: server 'test' has ended by signal 9");
}

TEST_CASE("a server that closes its output is ended, for it can answer nothing any more") {
  Talk talk(test_server());
  const CallResult answer = talk.call("mute");
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().type == "connection");
  CHECK(answer.error().message == "server 'test' has closed its output");
  CHECK(answer.error().context.find("stderr")->as_text() == "no more from me");
  CHECK(talk.said("echo", R"({"text": "the next one"})") == "the next one");
}

TEST_CASE("all calls that are under way hear of the end of their server") {
  Talk talk(test_server());
  const auto client = talk.client();
  int failed = 0;
  const auto count = [&](const CallResult& result) {
    failed += !result.ok() && result.error().type == "connection" ? 1 : 0;
    if (failed == 3) talk.loop().stop();
  };
  client->call("sleep", parsed(R"({"seconds": 60})"), count);
  client->call("sleep", parsed(R"({"seconds": 60})"), count);
  client->call("die", parsed("{}"), count);
  talk.loop().run();
  CHECK(failed == 3);
  CHECK(client->has_ended());
}

TEST_CASE("a server that cannot be started says where it was looked for") {
  McpServer server = test_server();
  server.command = {"no-such-server"};
  Talk talk(server);
  const CallResult answer = talk.call("echo");
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().type == "connection");
  CHECK(answer.error().message.starts_with("server 'test': cannot start 'no-such-server': "));
  CHECK(answer.error().context.find("hint")->as_text() == "looked for it in PATH: /usr/bin:/bin");
}

TEST_CASE("a server that does not greet as it should is given up") {
  CHECK(Talk(test_server({"--greets", "nobody"})).said("echo") ==
        "connection: server 'test' does not want to talk: not today");
  CHECK(Talk(test_server({"--greets", "strangely"}))
            .said("echo")
            .starts_with("connection: server 'test' speaks another version of the protocol: "));
}

TEST_CASE("what is no message is passed over") {
  Talk talk(test_server());
  CHECK(talk.said("chatter") == "said");
  CHECK(talk.said("echo", R"({"text": "fine"})") == "fine");
}

TEST_CASE("questions of the server are answered: it is there, and offers nothing") {
  Talk talk(test_server());
  CHECK(parsed(talk.said("ask")) == parsed(R"({
      "of-the-server-0": {},
      "of-the-server-1": {"code": -32601, "message": "goflow does not offer 'roots/list'"}})"));
}

TEST_CASE("the server is told of a call that nobody waits for any more") {
  Talk talk(test_server());
  const auto client = talk.client();
  const auto id = client->call("sleep", parsed(R"({"seconds": 60})"), [](const CallResult&) {
    FAIL("nobody waits for it");
  });
  CHECK(talk.said("echo", R"({"text": "sent after it"})") == "sent after it");
  client->withdraw(id);
  // The greeting and the list of tools were the first two requests.
  CHECK(talk.said("cancelled") == "[3]");
}

TEST_CASE("a flood without a line end is stopped, and is no matter of the connection") {
  Talk talk(test_server());
  const CallResult answer = talk.call("flood");
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().type == "data");
  CHECK(answer.error().message == "a message of server 'test' is over 64 MiB");
}

TEST_CASE("closed servers are gone when their input ends, or are made to go") {
  for (const auto& options : {std::vector<std::string>{}, {"--lingers"}}) {
    Talk talk(test_server(options));
    CHECK(talk.said("echo", R"({"text": "here"})") == "here");
    const auto begin = std::chrono::steady_clock::now();
    talk.close();
    CHECK(talk.servers().are_closed());
    const auto needed = std::chrono::steady_clock::now() - begin;
    CHECK((needed > 2s) == !options.empty());
  }
}

TEST_CASE("servers that are left alone end at once") {
  pid_t process = 0;
  {
    Talk talk(test_server({"--lingers"}));
    process = std::stoi(process_in(talk.said("calls")));
    CHECK(kill(process, 0) == 0);
  }
  CHECK(kill(process, 0) != 0);
}
