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

core::Server server(const std::string& argument = "--who=${who}") {
  core::Server files{.id = "files", .command = "mcp-files"};
  files.args = {text_template(argument)};
  files.env = {{.name = "WHO", .value = text_template("${who}")},
               {.name = "OLD", .value = std::nullopt}};
  return files;
}

core::McpToolNode search() {
  core::McpToolNode work{.server = "files", .tool = "search"};
  work.parameters = {{.name = "by", .value = value_template("${who}")},
                     {.name = "limit", .value = value_template("${limit}")}};
  return work;
}

/// A run in which `who` is "ann", `limit` is 5 and "files" is a server.
struct Searching {
  explicit Searching(core::McpToolNode work, core::Server files = server())
      : workflow(build(std::move(work), std::move(files))),
        run(workflow, {{"who", "ann"}, {"limit", 5}}) {
    run.start();
  }

  static core::Workflow build(core::McpToolNode work, core::Server files) {
    WorkflowBuilder builder;
    builder.variable("who");
    builder.variable("limit");
    builder.workflow().servers.push_back(std::move(files));
    builder.then(with_output(transform("change", "'bob'"), "who"));
    builder.then(node("find", std::move(work)));
    return builder.workflow();
  }
  [[nodiscard]] const ActivityEffect& activity() const {
    return std::get<ActivityEffect>(run.runtime.pending("find").effect);
  }
  [[nodiscard]] core::Value recorded() const {
    return run.runtime.all<NodeStarted>().back().inputs;
  }
  [[nodiscard]] core::Failure failure() const {
    return run.runtime.all<NodeFinished>().back().failure.value_or(core::Failure());
  }

  core::Workflow workflow;
  TestRun run;
};

}  // namespace

TEST_CASE("the tool gets the variables as they are, its server those that the run was given") {
  const Searching one(search());
  CHECK(one.activity().type == "mcp_tool");
  CHECK(one.activity().timeout == std::chrono::seconds(60));
  CHECK(one.activity().input == parsed(R"({
    "server": {"id": "files", "transport": "stdio", "command": "mcp-files", "args": ["--who=ann"],
               "env": {"WHO": "ann", "OLD": null}},
    "tool": "search", "parameters": {"by": "bob", "limit": 5}, "parse": "auto"})"));
  CHECK(
      one.recorded() ==
      parsed(R"({"server": "files", "tool": "search", "parameters": {"by": "bob", "limit": 5}})"));
}

TEST_CASE("parameters with a credential are recorded as they are written") {
  core::McpToolNode work = search();
  work.parameters = {{.name = "key", .value = value_template("key ${secret('api')}")}};
  const Searching one(std::move(work));
  CHECK(*one.activity().input.find("parameters") == parsed(R"({"key": "key s3cret"})"));
  CHECK(*one.recorded().find("parameters") == parsed(R"({"key": "key ${secret('api')}"})"));
}

TEST_CASE("a credential of the server becomes a part of its environment") {
  core::Server files = server();
  files.credential_ref = "api";
  const Searching one(search(), std::move(files));
  CHECK(*one.activity().input.find("server")->find("env") ==
        parsed(R"({"WHO": "ann", "OLD": null, "GOFLOW_CREDENTIAL": "s3cret"})"));
}

TEST_CASE("a server behind an address is described by that, and its credential is who asks") {
  core::Server web{.id = "files", .transport = core::Transport::sse};
  web.url = text_template("https://mcp.example.test/${who}");
  web.headers = {{.name = "X-Who", .value = text_template("${who}")},
                 {.name = "X-Old", .value = std::nullopt}};
  CHECK(*Searching(search(), web).activity().input.find("server") == parsed(R"({
    "id": "files", "transport": "sse", "url": "https://mcp.example.test/ann",
    "headers": {"X-Who": "ann", "X-Old": null}})"));
  web.transport = core::Transport::http;
  web.headers.clear();
  web.credential_ref = "api";
  CHECK(*Searching(search(), web).activity().input.find("server") == parsed(R"({
    "id": "files", "transport": "http", "url": "https://mcp.example.test/ann",
    "headers": {"Authorization": "Bearer s3cret"}})"));
  web.credential_ref = "none";
  CHECK(Searching(search(), web).failure().type == "validation");
}

TEST_CASE("without its credential the server is not started") {
  core::Server files = server();
  files.credential_ref = "none";
  CHECK(Searching(search(), files).failure().type == "validation");
  files.credential_ref.reset();
  files.env = {{.name = "KEY", .value = text_template("${secret('none')}")}};
  const core::Failure failure = Searching(search(), files).failure();
  CHECK(failure.type == "validation");
  CHECK(failure.message.find("there is no credential 'none'") != std::string::npos);
}

TEST_CASE("a credential of the server that cannot be masked is warned of") {
  core::Server files = server();
  files.credential_ref = "pin";
  Searching one(search(), std::move(files));
  one.run.complete("find");
  CHECK(one.run.runtime.all<NodeFinished>().back().warnings ==
        std::vector<std::string>{"the credential 'pin' has less than four bytes, which cannot be "
                                 "kept out of texts"});
}

TEST_CASE("what the tool answered as a whole is a fact of the node") {
  Searching one(search());
  EffectOutcome outcome;
  outcome.value = "found";
  outcome.facts.set("result", parsed(R"({"content": []})"));
  one.run.answer("find", std::move(outcome));
  const NodeFinished finished = one.run.runtime.all<NodeFinished>().back();
  CHECK(finished.value == core::Value("found"));
  CHECK(finished.facts == core::Object{{"result", parsed(R"({"content": []})")}});
}
