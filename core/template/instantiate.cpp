#include "core/template/instantiate.hpp"

#include "core/template/node_filter.hpp"
#include "core/template/placeholder.hpp"
#include "core/value/json.hpp"

#include <utility>

namespace goflow::core {
namespace {

Value argument_of(const Object& arguments, const std::string& parameter) {
  const Value* value = arguments.find(parameter);
  return value == nullptr ? Value() : *value;
}

Value filled_in(std::string_view text, const Object& arguments) {
  const auto pieces = template_pieces(text);
  if (pieces.size() == 1 && pieces.front().is_parameter) {
    return argument_of(arguments, pieces.front().text);
  }
  std::string whole;
  for (const TemplatePiece& piece : pieces) {
    whole += piece.is_parameter ? to_text(argument_of(arguments, piece.text)) : piece.text;
  }
  return Value(std::move(whole));
}

Value filled_in(const YamlNode& node, const Object& arguments) {
  if (node.is_list()) {
    Array items;
    for (const YamlNode* item : node.items) {
      items.push_back(filled_in(*item, arguments));
    }
    return Value(std::move(items));
  }
  if (node.is_map()) {
    Object members;
    for (const YamlMember& member : node.members) {
      members.set(std::string(member.key), filled_in(*member.value, arguments));
    }
    return Value(std::move(members));
  }
  return node.scalar.is_text() ? filled_in(node.scalar.as_text(), arguments)
                               : node.scalar.to_value();
}

}  // namespace

Object instantiate(const Template& from, const std::string& name, const Object& arguments) {
  const Value spec = filled_in(*from.workflow_spec, arguments);
  // A file that travels says what format it was made for.
  Object workflow{{"name", name}, {"version", "1.0"}};
  for (const auto& [key, value] : without_excluded_nodes(spec.as_object())) {
    workflow.set(key, value);
  }
  return workflow;
}

}  // namespace goflow::core
