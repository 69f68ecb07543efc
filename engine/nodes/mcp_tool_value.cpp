#include "engine/nodes/mcp_tool_value.hpp"

#include "engine/nodes/json_text.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace goflow::engine {
namespace {

using core::Array;
using core::Failure;
using core::Value;

using ValueResult = core::Result<Value, Failure>;

const Array& contents_of(const Value& result) {
  static const Array none;
  const Value* content = result.find("content");
  return content != nullptr && content->is_array() ? content->as_array() : none;
}

/// nullptr: it is an image, a sound or a resource.
const std::string* text_in(const Value& content) {
  const Value* text = content.find("text");
  const Value* type = content.find("type");
  const bool is_text = type != nullptr && type->is_text() && type->as_text() == "text";
  return is_text && text != nullptr && text->is_text() ? &text->as_text() : nullptr;
}

const std::string* single_text(const Value& result) {
  const Array& contents = contents_of(result);
  return contents.size() == 1 ? text_in(contents.front()) : nullptr;
}

std::string all_texts(const Value& result) {
  std::string joined;
  bool is_first = true;
  for (const Value& content : contents_of(result)) {
    const std::string* text = text_in(content);
    if (text == nullptr) continue;
    if (!std::exchange(is_first, false)) joined += '\n';
    joined += *text;
  }
  return joined;
}

bool is_error(const Value& result) {
  const Value* error = result.find("isError");
  return error != nullptr && error->is_boolean() && error->as_boolean();
}

ValueResult by_content(const Value& result, std::vector<std::string>& warnings) {
  const Value* structured = result.find("structuredContent");
  if (structured != nullptr && !structured->is_null()) return *structured;
  const std::string* text = single_text(result);
  if (text == nullptr) return Value(contents_of(result));
  const std::size_t first = text->find_first_not_of(" \t\r\n");
  if (first == text->npos || ((*text)[first] != '{' && (*text)[first] != '[')) return Value(*text);
  const auto json = parse_foreign_json(*text, warnings);
  return json ? *json : Value(*text);
}

ValueResult as_json(const Value& result, std::vector<std::string>& warnings) {
  const std::string* text = single_text(result);
  if (text == nullptr) {
    return Failure{"data", "the tool did not answer with a single text, where JSON was expected"};
  }
  const auto json = parse_foreign_json(*text, warnings);
  if (!json) return Failure{"data", "cannot read the answer of the tool: " + json.error().message};
  return *json;
}

}  // namespace

ValueResult tool_value(const Value& result,
                       core::ToolParse parse,
                       std::vector<std::string>& warnings) {
  if (is_error(result)) {
    const std::string text = all_texts(result);
    return Failure{"execution", text.empty() ? "the tool failed and does not say why" : text};
  }
  switch (parse) {
    case core::ToolParse::by_content:
      return by_content(result, warnings);
    case core::ToolParse::text:
      return Value(all_texts(result));
    case core::ToolParse::json:
      return as_json(result, warnings);
    case core::ToolParse::raw:
      break;
  }
  return result;
}

}  // namespace goflow::engine
