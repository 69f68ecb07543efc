#include "core/workflow/sharing/import.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow;

namespace {

class Known final : public core::ServerRegistry {
 public:
  explicit Known(std::vector<std::string> ids) : ids_(std::move(ids)) {}
  [[nodiscard]] core::Result<std::vector<std::string>> ids() const override { return ids_; }

 private:
  std::vector<std::string> ids_;
};

constexpr const char* shop = R"(name: x
version: "1.0"
servers:
  - {id: files, command: mcp-files, args: [--root, data], credential_ref: <CREDENTIAL_REF_REQUIRED>}
  - id: team
    url: https://mcp.example.test/rpc
    headers: {X-Team: "{{team}}", X-Auth: "Bearer ${secret('team')}"}
    env: {LEVEL: info, ROOT: $HOME}
nodes:
  - {id: a, server: files, tool: read}
  - loop: 3
    body: [{server: shop, tool: order}, {server: files, tool: write}]
  - {id: data, expression: "1", inputs: {server: not-one}}
)";

}  // namespace

TEST_CASE("what a file needs is found at any depth") {
  const auto needs = core::find_needs(shop, "x.yaml");
  REQUIRE(needs.ok());
  CHECK(needs->has_version);
  CHECK(needs->servers == std::vector<std::string>{"files", "shop"});
  REQUIRE(needs->brought.size() == 2);
  CHECK(needs->brought[0].runs == "mcp-files --root data");
  CHECK(needs->brought[1].runs == "https://mcp.example.test/rpc");
  std::vector<std::string> to_fill;
  for (const core::ExportNote& note : needs->to_fill) {
    to_fill.push_back(note.what + ":" + std::to_string(note.at.line));
  }
  CHECK(to_fill == std::vector<std::string>{"credential_ref:4", "env.ROOT:8", "headers.X-Team:7"});
  CHECK_FALSE(core::find_needs("name: x\n", "x.yaml")->has_version);
  CHECK_FALSE(core::find_needs("- x\n", "x.yaml").ok());
}

TEST_CASE("a foreign file brings no programs unnoticed: all missing servers are one error") {
  const auto needs = core::find_needs(shop, "x.yaml");
  CHECK(core::check_servers(*needs, Known({"files", "shop", "more"})).ok());
  const auto refused = core::check_servers(*needs, core::NoServers());
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message ==
        "servers that are not registered: 'files' (the file would run: mcp-files --root data), "
        "'shop'");
  CHECK(core::check_servers(*needs, Known({"files"})).error().message ==
        "servers that are not registered: 'shop'");
}

TEST_CASE("another name changes the value of 'name' and nothing else") {
  CHECK(*core::with_name("# c\nname: 'Old'  # title\nnodes: []\n", "x", "New one") ==
        "# c\nname: \"New one\"  # title\nnodes: []\n");
  CHECK(*core::with_name("{name: old, nodes: []}", "x", "a: \"b\"") ==
        "{name: \"a: \\\"b\\\"\", nodes: []}");
  CHECK(*core::with_name("\xEF\xBB\xBFname: x\n", "x", "y") == "\xEF\xBB\xBFname: \"y\"\n");
  CHECK(core::with_name("nodes: []\n", "x.yaml", "y").error().message ==
        "x.yaml: the workflow lacks 'name'");
  CHECK(*core::with_name("? name\n: x\n", "x.yaml", "y") == "? name\n: \"y\"\n");
}
