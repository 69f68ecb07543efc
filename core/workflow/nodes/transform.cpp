#include "core/workflow/nodes/node_reading.hpp"
#include "core/workflow/words.hpp"

#include <string>
#include <utility>

namespace goflow::core {
namespace {

enum class Program { expression, text, jsonpath, jq };

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// The position after the quoted text that begins at `at`, or the end.
std::size_t after_quotes(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote; ++at) {
    if (text[at] == '\\' && quote != '`') ++at;
  }
  return std::min(at + 1, text.size());
}

bool contains_path_brackets(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"' || text[i] == '\'' || text[i] == '`') {
      i = after_quotes(text, i);
      continue;
    }
    if (text.substr(i, 3) == "[*]" || text.substr(i, 2) == "[?") return true;
    ++i;
  }
  return false;
}

/// `jq(…)` whose last `)` belongs to its first `(`.
bool is_jq_call(std::string_view text) {
  if (text.substr(0, 3) != "jq(") return false;
  int depth = 0;
  for (std::size_t i = 2; i < text.size();) {
    if (text[i] == '"') {
      i = after_quotes(text, i);
      continue;
    }
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1 == text.size();
    ++i;
  }
  return false;
}

Program detect(std::string_view written) {
  const std::string_view text = trimmed(written);
  if (is_jq_call(text)) return Program::jq;
  if (text == "$" || text.substr(0, 2) == "$." || text.substr(0, 2) == "$[") {
    return Program::jsonpath;
  }
  if (text.find("${") != std::string_view::npos) return Program::text;
  return contains_path_brackets(text) ? Program::jsonpath : Program::expression;
}

Program program_of(std::string_view key, std::string_view text) {
  if (key == "expr") return Program::expression;
  if (key == "template") return Program::text;
  if (key == "jsonpath") return Program::jsonpath;
  if (key == "jq") return Program::jq;
  return detect(text);
}

/// What is between `jq(` and `)` in the text form.
std::string_view jq_program(std::string_view key, std::string_view written) {
  if (key == "jq") return written;
  const std::string_view text = trimmed(written);
  return text.substr(3, text.size() - 4);
}

/// A variable name, a node id, or one placeholder.
std::optional<Placed<Expression>> read_input(NodeReading& reading) {
  const YamlNode* value = reading.fields.find("input");
  if (value == nullptr) return std::nullopt;
  FormulaPlace place = reading.place("input");
  place.is_input = true;
  if (!value->is_scalar()) {
    reading.fields.report_type(*value, "input", "a variable, a node id or one placeholder");
    return std::nullopt;
  }
  if (is_node_id(value->text) && !is_variable_name(value->text)) {
    return reading.compiler.derived("goflow.nodes[\"" + value->text + "\"].value", *value, place);
  }
  const bool is_placeholder = value->text.substr(0, 2) == "${";
  if (is_placeholder || is_variable_name(value->text)) return reading.expression(*value, place);
  reading.fields.report_type(*value, "input", "a variable, a node id or one placeholder");
  return std::nullopt;
}

}  // namespace

const Keys& transform_keys() {
  static const Keys keys{
      {"expression", forms::expression(), "what is computed; its kind is detected"},
      {"expr", forms::expression(), "an expression"},
      {"template", forms::text(), "a text with placeholders"},
      {"jsonpath", forms::text(), "a JSONPath, applied to 'input'"},
      {"jq", forms::text(), "a jq program, applied to 'input'"},
      {"input", forms::text(), "a variable, a node id or one placeholder"},
  };
  return keys;
}

std::optional<NodeWork> read_transform(NodeReading& reading) {
  auto input = read_input(reading);
  const auto keys = reading.exclusive({"expression", "expr", "template", "jsonpath", "jq"});
  if (keys.empty()) reading.report_missing("'expression', 'expr', 'template', 'jsonpath' or 'jq'");
  if (keys.size() != 1) return std::nullopt;
  const YamlNode& value = *reading.fields.find(keys[0]);
  FormulaPlace place = reading.place(keys[0]);
  place.sees_input = reading.fields.find("input") != nullptr;
  if (!value.is_scalar()) {
    reading.fields.report_type(value, keys[0], "text");
    return std::nullopt;
  }
  const Program program = program_of(keys[0], value.text);
  if (program == Program::jq) {
    const std::string_view text = jq_program(keys[0], value.text);
    const auto begin = static_cast<std::size_t>(text.data() - value.text.data());
    auto jq = reading.compiler.jq(value, std::string(text), begin, place);
    if (!jq) return std::nullopt;
    return TransformNode{*std::move(jq), std::move(input)};
  }
  if (program == Program::jsonpath) {
    if (reading.fields.find("input") == nullptr) reading.report_missing("'input'");
    auto path = reading.compiler.json_path(value, place);
    if (!path) return std::nullopt;
    return TransformNode{*std::move(path), std::move(input)};
  }
  if (program == Program::text) {
    auto text = reading.compiler.text(value, place);
    if (!text) return std::nullopt;
    return TransformNode{*std::move(text), std::move(input)};
  }
  auto expression = reading.compiler.expression(value, place);
  if (!expression) return std::nullopt;
  return TransformNode{*std::move(expression), std::move(input)};
}

}  // namespace goflow::core
