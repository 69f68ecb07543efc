#include "core/settings/config_text.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::read_config;

namespace {

std::string with(std::string_view text, const std::optional<std::string>& value) {
  const auto changed = core::with_setting(text, "config.yaml", "editor", value);
  return changed.ok() ? *changed : "error: " + changed.error().message;
}

}  // namespace

TEST_CASE("settings are the members of one map, whatever their names") {
  const auto entries =
      read_config("# mine\neditor: nano  # small\n\nfuture.thing: 'x'\n", "c.yaml");
  REQUIRE(entries.ok());
  REQUIRE(entries->size() == 2);
  CHECK(entries->front().name == "editor");
  CHECK(entries->front().value == "nano");
  CHECK(entries->front().line == 2);
  CHECK(entries->back().name == "future.thing");
  CHECK(entries->back().value == "x");
}

TEST_CASE("an empty file, or one with nothing but comments, has no settings") {
  CHECK(read_config("", "c.yaml")->empty());
  CHECK(read_config("\n# editor: nano\n   # more", "c.yaml")->empty());
  CHECK(read_config("editor:\n", "c.yaml")->empty());
}

TEST_CASE("what is no map of plain values is refused with its place") {
  for (const char* bad :
       {"- a", "just text", "editor: [", "a: 1\na: 2", "\x01", "workflow:\n  x: 1"}) {
    CAPTURE(bad);
    const auto entries = read_config(bad, "c.yaml");
    REQUIRE_FALSE(entries.ok());
    CHECK(entries.error().message.starts_with("c.yaml:"));
    CHECK_FALSE(entries.error().hint.empty());
    CHECK(with(bad, "nano").starts_with("error: "));
  }
}

TEST_CASE("a secret has no place among the settings, however deep, and its value is not shown") {
  for (const char* bad : {"editor: vi\npassword: hunter2",
                          "s3: {secret_access_key: hunter2}",
                          "servers: [{apiToken: hunter2}]",
                          "client-secret:\n  - hunter2"}) {
    CAPTURE(bad);
    const auto entries = read_config(bad, "c.yaml");
    REQUIRE_FALSE(entries.ok());
    CHECK(entries.error().code == core::ErrorCode::invalid_argument);
    CHECK(entries.error().message.find("looks like a secret") != std::string::npos);
    CHECK(entries.error().message.find("hunter2") == std::string::npos);
    CHECK(entries.error().hint.find("goflow cred set") != std::string::npos);
    CHECK(with(bad, "nano").starts_with("error: "));
  }
  CHECK(read_config("password: x", "c.yaml").error().message ==
        "c.yaml:1:1: 'password' looks like a secret, which the settings never hold");
}

TEST_CASE("a setting is changed in its place, and all else stays as it is") {
  CHECK(with("# mine\neditor: vi   # small\nother: 1\n", "nano") ==
        "# mine\neditor: nano   # small\nother: 1\n");
  CHECK(with("editor: \"v\\\"i\" # x\n", "nano") == "editor: nano # x\n");
  CHECK(with("editor: 'it''s'\n", "nano") == "editor: nano\n");
  CHECK(with("editor:\nother: 1\n", "nano") == "editor: nano\nother: 1\n");
  CHECK(with("editor: |\n  vi\nother: 1\n", "nano") == "editor: nano\nother: 1\n");
}

TEST_CASE("a new setting comes at the end, quoted when YAML would take it for something else") {
  CHECK(with("", "nano") == "editor: nano\n");
  CHECK(with("# mine", "code --wait") == "# mine\neditor: \"code --wait\"\n");
  CHECK(with("other: 1\n", "a: b # c") == "other: 1\neditor: \"a: b # c\"\n");
  for (const char* value : {"-x", "@", "a\"b", "é", "{", "'", "\\", "#"}) {
    CAPTURE(value);
    const std::string text = with("", value);
    CHECK(read_config(text, "c.yaml")->front().value == value);
  }
}

TEST_CASE("a setting that is taken out takes its line with it") {
  CHECK(with("# mine\neditor: vi # small\nother: 1\n", std::nullopt) == "# mine\nother: 1\n");
  CHECK(with("editor: vi", std::nullopt) == "");
  CHECK(with("other: 1\n", std::nullopt) == "other: 1\n");
}

TEST_CASE("unusual YAML is left to its author") {
  CHECK(with("{other: 1}\n", "nano").starts_with("error: cannot change 'editor'"));
  CHECK(with("{editor: vi, other: 1}\n", std::nullopt).starts_with("error: cannot change"));
}
