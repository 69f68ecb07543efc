#include "core/value/json.hpp"
#include "tests/engine/interpreter/fake_runtime.hpp"
#include "tests/engine/interpreter/workflow_builder.hpp"
#include "tests/support/parsed_json.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using test::parsed;

namespace {

core::HttpNode request_to(const std::string& url) {
  core::HttpNode work;
  work.url = text_template(url);
  return work;
}

/// A run of one node, in which `who` is "ann", `tags` is a list and `nothing` is null.
struct OneNode {
  explicit OneNode(core::Node fetch) : workflow(build(std::move(fetch))), run(workflow, inputs()) {
    run.start();
  }

  static core::Workflow build(core::Node fetch) {
    WorkflowBuilder builder;
    for (const auto* name : {"who", "tags", "nothing"})
      builder.variable(name);
    builder.then(std::move(fetch));
    return builder.workflow();
  }
  static core::Object inputs() {
    return {{"who", "ann"}, {"tags", core::Array{1, 2}}, {"nothing", nullptr}};
  }
  [[nodiscard]] const ActivityEffect& activity() const {
    return std::get<ActivityEffect>(run.runtime.pending("fetch").effect);
  }

  core::Workflow workflow;
  TestRun run;
};

core::Failure http_failure(int status) {
  core::Failure failure = failure_of("execution", "HTTP " + std::to_string(status));
  failure.context.set("status", status);
  return failure;
}

}  // namespace

TEST_CASE("templates become the request; values keep their types, and null is handed on") {
  core::HttpNode work = request_to("https://api.test/${who}");
  work.method = "PUT";
  work.headers = {{.name = "X-Who", .value = text_template("${who}")},
                  {.name = "X-Nothing", .value = text_template("${nothing}")},
                  {.name = "User-Agent", .value = std::nullopt}};
  work.query = {{.name = "tag", .value = value_template("${tags}")}};
  work.body = value_template("${tags}");
  work.expect = {{.first = 200, .last = 299}, {.first = 404, .last = 404}};
  work.parse = core::HttpParse::bytes;
  work.follow_redirects = false;
  const OneNode one(node("fetch", std::move(work)));
  CHECK(one.activity().type == "http");
  CHECK(one.activity().timeout == std::chrono::seconds(30));
  CHECK(one.activity().input == parsed(R"({
    "url": "https://api.test/ann", "method": "PUT",
    "headers": {"X-Who": "ann", "X-Nothing": null, "User-Agent": null},
    "query": {"tag": [1, 2]}, "body": [1, 2], "follow_redirects": false,
    "expect": [[200, 299], [404, 404]], "parse": "bytes"})"));
}

TEST_CASE("of who asks, only what is no secret is part of the record") {
  core::HttpNode work = request_to("https://api.test");
  core::Node fetch = node("fetch", {});
  struct Auth {
    std::string used;
    std::string recorded;
  };
  const auto auth_of = [&](core::HttpAuth auth) {
    work.auth = std::move(auth);
    fetch.work = work;
    const OneNode one(fetch);
    const core::Value recorded = one.run.runtime.all<NodeStarted>().front().inputs;
    return Auth{core::to_json(*one.activity().input.find("auth")),
                core::to_json(*recorded.find("auth"))};
  };
  const Auth bearer = auth_of(core::BearerAuth{text_template("${who}-token")});
  CHECK(bearer.used == R"({"bearer":"ann-token"})");
  CHECK(bearer.recorded == R"({"bearer":"${who}-token"})");
  const Auth basic = auth_of(core::BasicAuth{text_template("${who}"), text_template("pw")});
  CHECK(basic.used == R"({"user":"ann","password":"pw"})");
  CHECK(basic.recorded == R"({"user":"${who}","password":"***"})");
  const Auth credential = auth_of(core::CredentialAuth{"api"});
  CHECK(credential.used == R"({"bearer":"s3cret"})");
  CHECK(credential.recorded == R"({"credential":"api"})");
}

TEST_CASE("of who asks, what cannot be masked is warned of") {
  core::HttpNode work = request_to("https://api.test");
  work.auth = core::CredentialAuth{"pin"};
  OneNode one(node("fetch", std::move(work)));
  one.run.complete("fetch");
  CHECK(one.run.runtime.all<NodeFinished>().back().warnings ==
        std::vector<std::string>{"the credential 'pin' has less than four bytes, which cannot be "
                                 "kept out of texts"});
}

TEST_CASE("headers and bodies with a credential are recorded as they are written") {
  core::HttpNode work = request_to("https://api.test/${who}");
  work.headers = {{.name = "X-Key", .value = text_template("key ${secret('api')}")}};
  work.body = value_template("${secret('api')}");
  const OneNode one(node("fetch", std::move(work)));
  CHECK(one.activity().input.find("body")->as_text() == "s3cret");
  CHECK(one.run.runtime.all<NodeStarted>().front().inputs ==
        parsed(R"({"url": "https://api.test/ann", "headers": {"X-Key": "key ${secret('api')}"},
                   "body": "${secret('api')}"})"));
}

TEST_CASE("a credential that is not there, and a template that cannot be filled in") {
  core::HttpNode work = request_to("https://api.test");
  work.auth = core::CredentialAuth{"none"};
  const OneNode missing(node("fetch", work));
  CHECK(missing.run.result().failure->type == "validation");
  CHECK(missing.run.result().failure->message == "there is no credential 'none'");

  const OneNode broken(node("fetch", request_to("https://api.test/${tags[7]}")));
  CHECK(broken.run.result().failure->type == "data");
}

TEST_CASE("without 'on', of the statuses only those that may pass are repeated") {
  struct Row {
    int status;
    bool is_repeated;
  };
  for (const Row& row : {Row{408, true},
                         Row{425, true},
                         Row{429, true},
                         Row{500, true},
                         Row{503, true},
                         Row{404, false},
                         Row{301, false},
                         Row{400, false}}) {
    CAPTURE(row.status);
    OneNode one(with_attempts(node("fetch", request_to("https://api.test")), 2));
    one.run.fail("fetch", http_failure(row.status));
    CHECK(one.run.is_over() == !row.is_repeated);
  }
}

TEST_CASE("a longer pause that the server asks for is kept, and too long a one ends the node") {
  OneNode one(with_attempts(node("fetch", request_to("https://api.test")), 2));
  core::Failure failure = http_failure(429);
  SUBCASE("kept") {
    failure.context.set("retry_after", 60);
    one.run.fail("fetch", failure);
    const auto& sleep = std::get<SleepEffect>(one.run.runtime.pending("fetch#2").effect);
    CHECK(sleep.shortest == std::chrono::seconds(60));
  }
  SUBCASE("an hour is waited") {
    failure.context.set("retry_after", 3600);
    one.run.fail("fetch", failure);
    CHECK_FALSE(one.run.is_over());
  }
  SUBCASE("more is not") {
    failure.context.set("retry_after", 3601);
    one.run.fail("fetch", failure);
    CHECK(one.run.result().failure->message == "HTTP 429, which asks for a pause of 1h1s");
  }
}
