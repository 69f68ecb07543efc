#include "core/workflow/names/name_table.hpp"

#include "core/workflow/words.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

bool yields_value(NodeType type) {
  return type != NodeType::start && type != NodeType::end && type != NodeType::passthrough;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::vector<std::string> item_names(const Node& node) {
  const auto* loop = std::get_if<LoopNode>(&node.work);
  if (loop == nullptr) return {};
  return {loop->item, loop->item + "_index"};
}

NameTable::NameTable(const Draft& draft, const Scopes& scopes) : draft_(draft), scopes_(scopes) {
  for (NodeIndex node = 0; node < draft.nodes.size(); ++node) {
    const Node& read = draft.nodes[node].node;
    if (read.output) outputs_[*read.output].push_back(node);
    for (std::string& name : item_names(read)) {
      items_.insert(std::move(name));
    }
  }
}

bool NameTable::is_visible(const std::string& name, const FormulaPlace& from) const {
  if (name == "goflow" || (name == "input" && from.sees_input)) return true;
  if (from.sees_only_inputs) return draft_.variables.count(name) > 0;
  return is_variable(name) || node_called(name) ||
         (is_item(name) && contains(items_seen(from), name));
}

bool NameTable::is_variable(const std::string& name) const {
  return draft_.variables.count(name) > 0 || outputs_.count(name) > 0;
}

std::vector<std::string> NameTable::visible_names(const FormulaPlace& from) const {
  std::vector<std::string> names = items_seen(from);
  for (const auto& [name, at] : draft_.variables) {
    names.push_back(name);
  }
  if (from.sees_only_inputs) return sorted(std::move(names));
  for (const auto& [name, writers] : outputs_) {
    names.push_back(name);
  }
  for (const auto& [id, node] : draft_.ids) {
    if (node_called(id)) names.push_back(id);
  }
  return sorted(std::move(names));
}

const std::vector<NodeIndex>& NameTable::writers_of(const std::string& name) const {
  static const std::vector<NodeIndex> none;
  const auto found = outputs_.find(name);
  return found == outputs_.end() ? none : found->second;
}

std::optional<NodeIndex> NameTable::node_called(const std::string& name) const {
  const auto found = draft_.ids.find(name);
  if (found == draft_.ids.end() || !is_variable_name(name) || is_variable(name))
    return std::nullopt;
  if (!yields_value(draft_.nodes[found->second].type)) return std::nullopt;
  return found->second;
}

std::vector<std::string> NameTable::items_around(NodeIndex node) const {
  std::vector<std::string> names;
  auto owner = scopes_.scopes[scopes_.scope_of[node]].owner;
  while (owner) {
    add_items_of(*owner, names);
    owner = scopes_.scopes[scopes_.scope_of[*owner]].owner;
  }
  return names;
}

std::vector<std::string> NameTable::items_seen(const FormulaPlace& from) const {
  std::vector<std::string> names;
  if (!from.node) return names;
  if (from.in_round) add_items_of(*from.node, names);
  for (std::string& name : items_around(*from.node)) {
    names.push_back(std::move(name));
  }
  return names;
}

void NameTable::add_items_of(NodeIndex loop, std::vector<std::string>& names) const {
  for (std::string& name : item_names(draft_.nodes[loop].node)) {
    names.push_back(std::move(name));
  }
}

}  // namespace goflow::core
