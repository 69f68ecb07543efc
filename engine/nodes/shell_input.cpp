#include "engine/nodes/shell_input.hpp"

#include "core/value/json.hpp"

#include <cstddef>
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

bool has_nul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

std::optional<std::string> item_with_nul(std::string_view key,
                                         const std::vector<std::string>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (has_nul(items[i])) return std::string(key) + "[" + std::to_string(i) + "]";
  }
  return std::nullopt;
}

/// "cwd", "command[2]", "env.NAME"
std::optional<std::string> key_with_nul(const ShellInput& input) {
  if (has_nul(input.cwd)) return "cwd";
  if (auto item = item_with_nul("command", input.command)) return item;
  if (auto item = item_with_nul("shell", input.shell)) return item;
  for (const auto& [name, value] : input.environment) {
    if (value.is_text() && has_nul(value.as_text())) return "env." + name;
  }
  return std::nullopt;
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

std::optional<std::string> unfit_for_a_process(const ShellInput& input) {
  if (const auto key = key_with_nul(input)) {
    return "'" + *key + "' holds a NUL character, which the system takes for the end of the text";
  }
  const bool is_nameless = input.is_script() ? input.shell[0].empty() : input.command[0].empty();
  if (!is_nameless) return std::nullopt;
  return std::string(input.is_script() ? "'shell'" : "'command'") +
         " names no program: its first item is empty";
}

}  // namespace goflow::engine
