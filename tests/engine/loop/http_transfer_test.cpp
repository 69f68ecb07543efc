#include "engine/loop/http_transfer.hpp"

#include "tests/support/test_server.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace goflow;
using namespace goflow::engine;

namespace {

using Outcome = core::Result<HttpResponse, HttpFault>;

constexpr std::size_t most = 1000;

Outcome fetch(HttpRequest request) {
  EventLoop loop;
  std::optional<Outcome> outcome;
  auto transfer = HttpTransfer::start(loop, std::move(request), most, [&](Outcome ended) {
    outcome = std::move(ended);
    loop.stop();
  });
  REQUIRE(transfer.ok());
  CHECK_FALSE(outcome.has_value());
  loop.run();
  return *std::move(outcome);
}

Outcome fetch(const std::string& url) {
  HttpRequest request;
  request.url = url;
  return fetch(std::move(request));
}

std::size_t threads() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

}  // namespace

TEST_CASE("a response has a status, headers in lower case, and a body") {
  const test::TestServer server;
  const Outcome outcome = fetch(server.url("/status/404"));
  REQUIRE(outcome.ok());
  CHECK(outcome->status == 404);
  CHECK(outcome->body == "status 404\n");
  std::string type;
  for (const HttpHeader& header : outcome->headers) {
    if (header.name == "content-type") type = *header.value;
  }
  CHECK(type == "text/plain");
  CHECK(outcome->redirect_url.empty());
}

TEST_CASE("a redirect is told, not followed") {
  const test::TestServer server;
  const Outcome outcome = fetch(server.url("/redirect/2"));
  REQUIRE(outcome.ok());
  CHECK(outcome->status == 302);
  CHECK(outcome->redirect_url == server.url("/redirect/1"));
}

TEST_CASE("what is too large is cut off, whether its size is told or not") {
  const test::TestServer server;
  for (const auto* path : {"/size?bytes=1001", "/endless"}) {
    CAPTURE(path);
    const Outcome outcome = fetch(server.url(path));
    REQUIRE_FALSE(outcome.ok());
    CHECK(outcome.error().kind == HttpFault::Kind::too_large);
  }
  CHECK(fetch(server.url("/size?bytes=1000")).ok());
}

TEST_CASE("a request that cannot be sent, and one that nobody hears") {
  const Outcome malformed = fetch("http://127.0.0.1:99999/");
  REQUIRE_FALSE(malformed.ok());
  CHECK(malformed.error().kind == HttpFault::Kind::request);
  std::string closed;
  {
    const test::TestServer gone;
    closed = gone.url("/");
  }
  const Outcome unheard = fetch(closed);
  REQUIRE_FALSE(unheard.ok());
  CHECK(unheard.error().kind == HttpFault::Kind::connection);
  HttpRequest request;
  request.url = closed;
  request.body_file = "/nowhere/to/be/found";
  CHECK_FALSE(fetch(std::move(request)).ok());
}

TEST_CASE("a kept connection that the server has dropped is replaced by a fresh one") {
  const test::TestServer server;
  EventLoop loop;
  std::vector<std::string> bodies;
  std::unique_ptr<HttpTransfer> transfer;
  for (int round = 0; round < 4; ++round) {
    CAPTURE(round);
    HttpRequest request;
    request.url = server.url("/brief");
    std::optional<Outcome> outcome;
    auto started = HttpTransfer::start(loop, std::move(request), most, [&](Outcome ended) {
      outcome = std::move(ended);
      loop.stop();
    });
    REQUIRE(started.ok());
    transfer = *std::move(started);
    loop.run();
    transfer.reset();
    if (!outcome->ok()) FAIL(outcome->error().message);
    bodies.push_back((*outcome)->body);
  }
  std::sort(bodies.begin(), bodies.end());
  CHECK(std::unique(bodies.begin(), bodies.end()) == bodies.end());
}

TEST_CASE("an answer that is not HTTP is a failure of the connection") {
  const test::TestServer server;
  const Outcome outcome = fetch(server.url("/garbage"));
  REQUIRE_FALSE(outcome.ok());
  CHECK(outcome.error().kind == HttpFault::Kind::connection);
  CHECK(outcome.error().message ==
        "the answer of '" + authority_of(server.url("/")) + "' is not HTTP");
}

TEST_CASE("five hundred transfers go on at once, and none has a thread") {
  constexpr std::size_t count = 500;
  const test::TestServer server;
  EventLoop loop;
  const std::size_t threads_before = threads();
  std::size_t answered = 0;
  std::size_t most_threads = 0;
  std::vector<std::unique_ptr<HttpTransfer>> transfers;
  for (std::size_t i = 0; i < count; ++i) {
    HttpRequest request;
    request.url = server.url("/together?count=500");
    auto transfer = HttpTransfer::start(loop, std::move(request), most, [&](Outcome outcome) {
      CHECK(outcome.ok());
      most_threads = std::max(most_threads, threads());
      if (++answered == count) loop.stop();
    });
    REQUIRE(transfer.ok());
    transfers.push_back(*std::move(transfer));
  }
  loop.run();
  CHECK(answered == count);
  CHECK(most_threads <= threads_before);
}

TEST_CASE("a transfer that is destroyed ends at once, and silently") {
  const test::TestServer server;
  EventLoop loop;
  HttpRequest slow;
  slow.url = server.url("/slow");
  auto abandoned = HttpTransfer::start(loop, slow, most, [](const Outcome&) { FAIL("heard"); });
  REQUIRE(abandoned.ok());
  HttpRequest request;
  request.url = server.url("/reached");
  auto reached = HttpTransfer::start(loop, request, most, [&](const Outcome&) { loop.stop(); });
  REQUIRE(reached.ok());
  loop.run();
  abandoned->reset();

  request.url = server.url("/left");
  std::string left;
  auto last = HttpTransfer::start(loop, request, most, [&](Outcome outcome) {
    left = outcome->body;
    loop.stop();
  });
  REQUIRE(last.ok());
  loop.run();
  CHECK(left == "true");
}

TEST_CASE("whom a request goes to") {
  CHECK(authority_of("https://ann:pw@api.test:8443/x@y?z#u") == "api.test:8443");
  CHECK(authority_of("http://api.test") == "api.test");
  CHECK(authority_of("http://api.test?x") == "api.test");
}
