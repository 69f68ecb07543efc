#include "core/workflow/nodes/node_reading.hpp"

#include <algorithm>
#include <array>

namespace goflow::core {
namespace {

constexpr std::array<std::string_view, 7> keys_of_secrets{
    "env", "headers", "auth", "form", "body", "parameters", "stdin"};

}  // namespace

FormulaPlace NodeReading::place(std::string_view key) const {
  FormulaPlace place{std::string(key) + " of node '" + draft.node.id + "'", index};
  place.may_hold_secrets =
      std::find(keys_of_secrets.begin(), keys_of_secrets.end(), key) != keys_of_secrets.end();
  return place;
}

const YamlNode* NodeReading::filled(std::string_view key) const {
  const YamlNode* value = fields.find(key);
  const bool empty = value == nullptr || (value->is_scalar() && value->text.empty()) ||
                     (value->is_list() && value->items.empty()) ||
                     (value->is_map() && value->members.empty());
  return empty ? nullptr : value;
}

const YamlNode* NodeReading::required(std::string_view key) const {
  const YamlNode* value = filled(key);
  if (value == nullptr) report_missing("'" + std::string(key) + "'");
  return value;
}

void NodeReading::report_missing(std::string_view what) const {
  fields.problems().add(
      Rule::missing_key, draft.at, fields.owner() + " lacks " + std::string(what));
}

std::vector<std::string_view> NodeReading::exclusive(
    std::initializer_list<std::string_view> keys) const {
  return exclusive_keys(fields, keys);
}

std::optional<Placed<TextTemplate>> NodeReading::text(std::string_view key) const {
  const YamlNode* value = fields.find(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_scalar()) return compiler.text(*value, place(key));
  fields.report_type(*value, key, "text");
  return std::nullopt;
}

std::optional<Placed<Expression>> NodeReading::expression(std::string_view key) const {
  const YamlNode* value = fields.find(key);
  if (value == nullptr) return std::nullopt;
  return expression(*value, place(key));
}

std::optional<Placed<Expression>> NodeReading::expression(const YamlNode& value,
                                                          const FormulaPlace& where) const {
  if (value.is_scalar()) return compiler.expression(value, where);
  fields.problems().add(
      Rule::wrong_type, value.at, where.called + " must be an expression, got " + describe(value));
  return std::nullopt;
}

std::optional<Placed<Expression>> NodeReading::decision(const YamlNode& value,
                                                        const FormulaPlace& where) const {
  auto compiled = expression(value, where);
  if (compiled && !compiled->what.may_be_boolean()) {
    fields.problems().add(Rule::certain_type_error,
                          value.at,
                          where.called + " must be true or false, but its result is no boolean",
                          "compare it with something: x > 0, name == 'ann'");
    return std::nullopt;
  }
  return compiled;
}

std::vector<std::string_view> exclusive_keys(Fields& fields,
                                             std::initializer_list<std::string_view> keys) {
  std::vector<std::string_view> found;
  for (const std::string_view key : keys) {
    if (fields.find(key) == nullptr) continue;
    found.push_back(key);
    if (found.size() == 1) continue;
    fields.problems().add(Rule::conflicting_keys,
                          fields.written(key)->key_at,
                          fields.owner() + " has both '" + std::string(found.front()) + "' and '" +
                              std::string(key) + "'",
                          "keep one of them");
  }
  return found;
}

}  // namespace goflow::core
