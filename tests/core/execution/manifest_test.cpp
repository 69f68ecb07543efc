#include "core/execution/manifest.hpp"

#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace goflow::core;

namespace {

Result<Manifest> read(std::string_view json) {
  return read_manifest(*parse_json(json));
}

}  // namespace

TEST_CASE("a manifest says all that an execution is made of") {
  const auto manifest = read(R"({
    "api_version": "goflow/v1", "kind": "WorkflowExecution", "id": "wex-01kf8m2q5v7d3x9a4b6c8e0g1h",
    "workflow_id": "nightly", "name": "Nightly EU", "inputs": {"n": 3, "list": [1]},
    "tags": ["eu"], "labels": {"env": "prod"}, "annotations": {"why": "a=b"}, "runner": "external",
    "status": {"phase": "EXECUTION_COMPLETED"}, "audit": {}})");
  REQUIRE(manifest.ok());
  CHECK(manifest->id == "wex-01kf8m2q5v7d3x9a4b6c8e0g1h");
  CHECK(manifest->workflow_id == "nightly");
  CHECK(manifest->name == "Nightly EU");
  CHECK(manifest->inputs == Object{{"n", 3}, {"list", Array{1}}});
  CHECK(manifest->tags == std::vector<std::string>{"eu"});
  CHECK(manifest->labels == std::vector<std::string>{"env=prod"});
  CHECK(manifest->annotations == TextMap{{"why", "a=b"}});
  CHECK(manifest->runner == Runner::external);
  CHECK(manifest->ignored == std::vector<std::string>{"status", "audit"});
}

TEST_CASE("of a manifest only the workflow or the instance has to be there") {
  CHECK(read(R"({"workflow_id": "nightly"})")->id.empty());
  CHECK(read(R"({"workflow_instance_id": "win-1"})")->instance_id == "win-1");
  CHECK(read(R"({"workflow_id": "nightly", "id": "0aa6f1de-06be-8a53-b1e4-7d20c8f6935a"})").ok());
}

TEST_CASE("what is wrong with a manifest is said") {
  const std::vector<std::pair<std::string, std::string>> manifests{
      {R"([])", "a manifest must be an object"},
      {R"({})", "either workflow_id or workflow_instance_id must be provided"},
      {R"({"workflow_id": "", "name": "x"})",
       "either workflow_id or workflow_instance_id must be provided"},
      {R"({"workflow_id": 1})", "'workflow_id' must be a text"},
      {R"({"workflow_id": "a", "nam": "x"})", "a manifest has no member 'nam'"},
      {R"({"workflow_id": "a", "api_version": "goflow/v2"})",
       "'api_version' must be 'goflow/v1', got 'goflow/v2'"},
      {R"({"workflow_id": "a", "kind": "Workflow"})",
       "'kind' must be 'WorkflowExecution', got 'Workflow'"},
      {R"({"workflow_id": "a", "id": "wex-01KF8M2Q5V7D3X9A4B6C8E0G1H"})",
       "'wex-01KF8M2Q5V7D3X9A4B6C8E0G1H' cannot be the id of an execution"},
      {R"({"workflow_id": "a", "inputs": []})", "'inputs' must be an object"},
      {R"({"workflow_id": "a", "tags": "eu"})", "'tags' must be a list"},
      {R"({"workflow_id": "a", "tags": [1]})", "a tag must be a text"},
      {R"({"workflow_id": "a", "labels": {"env": 1}})", "'env' in 'labels' must be a text"},
      {R"({"workflow_id": "a", "labels": {"a=b": "c"}})", "'a=b' cannot be a label"},
      {R"({"workflow_id": "a", "runner": "cron"})", "'runner' is none of local, external: 'cron'"},
  };
  for (const auto& [json, message] : manifests) {
    CAPTURE(json);
    const auto manifest = read(json);
    REQUIRE_FALSE(manifest.ok());
    CHECK(manifest.error().code == ErrorCode::invalid_argument);
    CHECK(manifest.error().message == message);
  }
}
