#include "cli/arguments/secret_value.hpp"

#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

using namespace goflow;
using namespace goflow::cli;

namespace {

core::WipedBytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

std::string without_line_end(std::string_view text) {
  core::WipedBytes value = bytes_of(text);
  drop_line_end(value);
  return std::string(core::as_text(value));
}

struct Situation {
  SecretValueArguments arguments = {};
  std::string input = {};
  bool stdin_is_terminal = false;
  bool no_input = false;
};

/// The value, or the error and its message.
std::string value_in(const Situation& situation) {
  Terminal terminal = Terminal::captured(
      {.stdin_is_terminal = situation.stdin_is_terminal, .stderr_is_terminal = true},
      situation.input);
  GlobalOptions options;
  options.no_input = situation.no_input;
  const Environment environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "TOKEN") return "from the environment\n";
    return std::nullopt;
  };
  Context context(options, terminal, environment);
  const auto value = read_secret_value(situation.arguments, "value of 'github'", context);
  if (value) return std::string(core::as_text(*value));
  return std::string(to_string(value.error().code)) + ": " + value.error().message;
}

}  // namespace

TEST_CASE("a single line loses its end, anything else is kept byte for byte") {
  CHECK(without_line_end("token\n") == "token");
  CHECK(without_line_end("token\r\n") == "token");
  CHECK(without_line_end(" token \n") == " token ");
  CHECK(without_line_end("token") == "token");
  CHECK(without_line_end("token\r") == "token\r");
  CHECK(without_line_end("one\ntwo\n") == "one\ntwo\n");
  CHECK(without_line_end("token\n\n") == "token\n\n");
  CHECK(without_line_end("\ntoken") == "\ntoken");
  CHECK(without_line_end("\n").empty());
  CHECK(without_line_end("\r\n").empty());
  CHECK(without_line_end("").empty());
}

TEST_CASE("a value comes from the file or variable that is named, else from stdin") {
  const test::TempDir dir;
  const std::string path = dir.path() + "/token";
  std::ofstream(path) << "from the file\n";
  CHECK(value_in({.arguments = {.file = path}, .input = "unread"}) == "from the file");
  CHECK(value_in({.arguments = {.file = path, .raw = true}}) == "from the file\n");
  CHECK(value_in({.arguments = {.file = "-"}, .input = "piped\n", .stdin_is_terminal = true}) ==
        "piped");
  CHECK(value_in({.arguments = {.variable = "TOKEN"}, .input = "unread"}) ==
        "from the environment");
  CHECK(value_in({.input = "piped\n"}) == "piped");
  CHECK(value_in({.arguments = {.raw = true}, .input = "piped\n"}) == "piped\n");
}

TEST_CASE("a file is not read further than a value may be long") {
  CHECK(value_in({.arguments = {.file = "/dev/zero"}}) ==
        "invalid_argument: the value is larger than 1 MiB");
}

TEST_CASE("a value that cannot be had is an error that says why") {
  CHECK(value_in({.arguments = {.file = "/no/such/file"}}) == "not_found: no file '/no/such/file'");
  CHECK(value_in({.arguments = {.file = "/"}}) == "unavailable: cannot read '/': is a directory");
  CHECK(value_in({.arguments = {.variable = "UNSET"}}) ==
        "invalid_argument: no environment variable 'UNSET' is set");
  CHECK(value_in({.arguments = {.file = "x", .variable = "TOKEN"}}) ==
        "invalid_argument: the value cannot come from a file and a variable");
  CHECK(value_in({.input = ""}) == "invalid_argument: the value is empty");
  CHECK(value_in({.input = "\n"}) == "invalid_argument: the value is empty");
  CHECK(value_in({.stdin_is_terminal = true}) ==
        "invalid_argument: cannot ask for the value of 'github': there is no terminal");
  CHECK(value_in({.stdin_is_terminal = true, .no_input = true}) ==
        "invalid_argument: cannot ask for the value of 'github': --no-input was given");
}
