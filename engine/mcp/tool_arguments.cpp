#include "engine/mcp/tool_arguments.hpp"

#include "core/value/json.hpp"

#include <cmath>
#include <string_view>
#include <utility>

namespace goflow::engine {
namespace {

using core::Value;

/// `type` is one word, or a list of which any is fine.
bool wants(const Value& schema, std::string_view word) {
  const Value* type = schema.find("type");
  if (type == nullptr) return false;
  if (type->is_text()) return type->as_text() == word;
  if (!type->is_array()) return false;
  for (const Value& one : type->as_array()) {
    if (one.is_text() && one.as_text() == word) return true;
  }
  return false;
}

bool is_whole(const Value& number) {
  return number.is_integer() ||
         (number.is_float() && std::trunc(number.as_float()) == number.as_float());
}

/// Null and what the schema does not speak of are fine as they are.
bool is_wanted_as_it_is(const Value& schema, const Value& value) {
  if (value.is_boolean()) return wants(schema, "boolean");
  if (value.is_number())
    return wants(schema, "number") || (is_whole(value) && wants(schema, "integer"));
  if (value.is_text()) return wants(schema, "string");
  if (value.is_array()) return wants(schema, "array");
  return value.is_null() || wants(schema, "object");
}

/// What the text is in JSON, if the schema wants that.
Value read_as_wanted(const Value& schema, const Value& text) {
  const auto read = core::parse_json(text.as_text(), core::LargeIntegers::are_errors);
  if (!read || !(read->is_boolean() || read->is_number())) return text;
  // " 5" and "5\n" are JSON as well, but not exactly a number.
  const char first = text.as_text().front();
  const char last = text.as_text().back();
  constexpr std::string_view blanks = " \t\r\n";
  if (blanks.find(first) != blanks.npos || blanks.find(last) != blanks.npos) return text;
  return is_wanted_as_it_is(schema, *read) ? *read : text;
}

Value fitted_members(const Value& schema, const Value& value) {
  const Value* properties = schema.find("properties");
  if (properties == nullptr) return value;
  core::Object members;
  for (const auto& [name, member] : value.as_object()) {
    const Value* wanted = properties->find(name);
    members.set(name, wanted == nullptr ? member : fitted_to(*wanted, member));
  }
  return members;
}

Value fitted_items(const Value& schema, const Value& value) {
  const Value* items = schema.find("items");
  if (items == nullptr || !items->is_object()) return value;
  core::Array fitted;
  for (const Value& item : value.as_array()) {
    fitted.push_back(fitted_to(*items, item));
  }
  return fitted;
}

}  // namespace

Value fitted_to(const Value& schema, const Value& value) {
  if (value.is_object() && !wants(schema, "string")) return fitted_members(schema, value);
  if (value.is_array() && !wants(schema, "string")) return fitted_items(schema, value);
  if (is_wanted_as_it_is(schema, value)) return value;
  if (value.is_text()) return read_as_wanted(schema, value);
  return wants(schema, "string") ? Value(core::to_text(value)) : value;
}

}  // namespace goflow::engine
