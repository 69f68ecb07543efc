#include "engine/interpreter/type_promise.hpp"

#include <fmt/format.h>

#include <string_view>

namespace goflow::engine {

namespace {

bool is_of_type(const core::Value& value, core::VariableType type) {
  switch (type) {
    case core::VariableType::any:
      return true;
    case core::VariableType::string:
      return value.is_text();
    case core::VariableType::number:
      return value.is_number();
    case core::VariableType::boolean:
      return value.is_boolean();
    case core::VariableType::object:
      return value.is_object();
    case core::VariableType::array:
      return value.is_array();
  }
  return true;
}

std::string_view word(core::VariableType type) {
  switch (type) {
    case core::VariableType::any:
      return "any";
    case core::VariableType::string:
      return "string";
    case core::VariableType::number:
      return "number";
    case core::VariableType::boolean:
      return "boolean";
    case core::VariableType::object:
      return "object";
    case core::VariableType::array:
      return "array";
  }
  return "any";
}

}  // namespace

std::optional<std::string> broken_promise(const Names& names, Slot slot, const core::Value& value) {
  const core::VariableType type = names.type_of(slot);
  if (value.is_null() || is_of_type(value, type)) return std::nullopt;
  return fmt::format("variable '{}' is declared as {}, but was given {}",
                     names.name_of(slot),
                     word(type),
                     core::to_string(value.kind()));
}

}  // namespace goflow::engine
