#include "engine/nodes/shell_input.hpp"

#include "core/value/json.hpp"

#include <string_view>

namespace goflow::engine {
namespace {

std::string text_of(const core::Value& input, std::string_view key) {
  const core::Value* value = input.find(key);
  return value != nullptr ? core::to_text(*value) : std::string();
}

std::vector<std::string> texts_of(const core::Value& input, std::string_view key) {
  std::vector<std::string> texts;
  const core::Value* value = input.find(key);
  if (value == nullptr || !value->is_array()) return texts;
  for (const core::Value& item : value->as_array()) {
    texts.push_back(core::to_text(item));
  }
  return texts;
}

core::Object object_of(const core::Value& input, std::string_view key) {
  const core::Value* value = input.find(key);
  return value != nullptr && value->is_object() ? value->as_object() : core::Object();
}

core::OutputParse parse_of(const core::Value& input) {
  const std::string word = text_of(input, "parse");
  if (word == "json") return core::OutputParse::json;
  if (word == "lines") return core::OutputParse::lines;
  if (word == "none") return core::OutputParse::none;
  return core::OutputParse::text;
}

}  // namespace

ShellInput read_shell_input(const core::Value& input) {
  ShellInput read;
  read.script = text_of(input, "script");
  read.command = texts_of(input, "command");
  read.shell = texts_of(input, "shell");
  if (read.shell.empty()) read.shell = {"/bin/sh", "-e"};
  read.cwd = text_of(input, "cwd");
  read.variables = object_of(input, "variables");
  read.environment = object_of(input, "env");
  if (const core::Value* value = input.find("stdin")) read.stdin_value = *value;
  read.parse = parse_of(input);
  read.promised_outputs = texts_of(input, "outputs");
  const core::Value* used = input.find("value_is_used");
  read.value_is_used = used == nullptr || !used->is_boolean() || used->as_boolean();
  return read;
}

}  // namespace goflow::engine
