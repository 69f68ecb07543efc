#include "cli/io/records.hpp"

#include "cli/io/terminal.hpp"
#include "cli/io/yaml.hpp"
#include "core/value/json.hpp"

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

using namespace goflow;
using namespace goflow::cli;
using core::Array;
using core::Object;
using core::Value;

namespace {

/// What a YAML reader makes of it, in JSON; a scalar that was quoted or a block is a string.
std::string read_back(const YAML::Node& node) {
  if (node.IsSequence()) {
    std::string text;
    for (const auto& item : node) {
      text += (text.empty() ? "" : ",") + read_back(item);
    }
    return "[" + text + "]";
  }
  if (node.IsMap()) {
    std::string text;
    for (const auto& member : node) {
      text += (text.empty() ? "" : ",") + core::to_json(member.first.Scalar()) + ":" +
              read_back(member.second);
    }
    return "{" + text + "}";
  }
  if (node.IsNull()) return "null";
  if (node.Tag() == "!") return core::to_json(node.Scalar());
  const bool is_json = core::parse_json(node.Scalar()).ok();
  return is_json ? node.Scalar() : core::to_json(node.Scalar());
}

}  // namespace

TEST_CASE("chosen fields come in the order asked for, of one record or of each") {
  const Value record = Object{{"id", "a"}, {"status", "failed"}, {"nodes", Array{}}};
  const std::vector<std::string> fields{"status", "id", "error"};
  CHECK(core::to_json(select_fields(record, fields)) ==
        R"({"status":"failed","id":"a","error":null})");
  CHECK(core::to_json(select_fields(Array{record, record}, std::vector<std::string>{"id"})) ==
        R"([{"id":"a"},{"id":"a"}])");
  CHECK(select_fields(record, {}) == record);
}

TEST_CASE("JSON is indented on a terminal and one line otherwise") {
  const Value record = Object{{"id", "a"}};
  Terminal pipe = Terminal::captured();
  write_json(pipe.out(), record);
  CHECK(pipe.out().collected() == "{\"id\":\"a\"}\n");
  Terminal screen = Terminal::captured({.stdout_is_terminal = true});
  write_json(screen.out(), record);
  CHECK(screen.out().collected() == "{\n  \"id\": \"a\"\n}\n");
}

TEST_CASE("YAML is in block style and quotes what would be read as something else") {
  const Value record = Object{{"id", "wex-1"},
                              {"count", 5},
                              {"version", "1.0"},
                              {"yes", "no"},
                              {"script", "echo one\necho two\n"},
                              {"note", "see: below"},
                              {"tags", Array{"eu", Object{{"a", 1}, {"b", Value()}}}},
                              {"none", Array{}},
                              {"empty", Object{}}};
  CHECK(to_yaml(record) ==
        "id: wex-1\n"
        "count: 5\n"
        "version: \"1.0\"\n"
        "\"yes\": \"no\"\n"
        "script: |\n"
        "  echo one\n"
        "  echo two\n"
        "note: \"see: below\"\n"
        "tags:\n"
        "  - eu\n"
        "  - a: 1\n"
        "    b: null\n"
        "none: []\n"
        "empty: {}\n");
}

TEST_CASE("whatever is written as YAML is read back the same") {
  for (const char* text :
       {"",         " ",         "~",       "Null",       "true", "0x1F",  "1e3",      "-",
        "- a",      "? a",       "a: b",    "a:",         "a #b", "#a",    "'quoted'", "\"",
        "[a",       "{a",        "&a",      "*a",         "!a",   "%a",    "@a",       "`a`",
        "a\nb",     "a\nb\n",    "a\n\n",   "a\n\nb",     "\na",  " a\nb", "a \nb",    "a\tb",
        "a\n  b\n", "a\n---\nb", "\x1b[0m", "naïve 日本", "---",  "..."}) {
    const Value value = Object{{text, Array{text, Object{{"in", text}}}}};
    CHECK_MESSAGE(read_back(YAML::Load(to_yaml(value))) == core::to_json(value), text);
    CHECK_MESSAGE(read_back(YAML::Load(to_yaml(text))) == core::to_json(text), text);
  }
}

TEST_CASE(
    "what YAML takes for controls or line ends is written as escapes, and read back the same") {
  CHECK(to_yaml("a\x7f\xc2\x85") == "\"a\\u007f\\u0085\"\n");
  CHECK(to_yaml("\u2028\ufeff") == "\"\\u2028\\ufeff\"\n");
  for (const char* text :
       {"\x7f", "a\x7f", "a\xc2\x90z", "a\u2028b", "\u2029", "\ufeffa", "a\uffff"}) {
    CAPTURE(text);
    const Value value = Object{{text, std::string(text) + "\nb"}};
    CHECK(read_back(YAML::Load(to_yaml(value))) == core::to_json(value));
  }
}
