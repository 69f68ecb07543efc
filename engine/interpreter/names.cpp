#include "engine/interpreter/names.hpp"

#include <cassert>
#include <variant>

namespace goflow::engine {

Names::Names(const core::Workflow& workflow) {
  for (const auto& variable : workflow.variables)
    add_variable(variable.name, variable.type);
  for (core::NodeIndex index = 0; index < workflow.nodes.size(); ++index) {
    const core::Node& node = workflow.nodes[index];
    meaning_of(node.id).node = index;
    if (node.output) add_variable(*node.output);
    if (const auto* loop = std::get_if<core::LoopNode>(&node.work)) {
      add_slot(loop->item);
      add_slot(loop->item + "_index");
    }
  }
}

const Names::Meaning* Names::find(std::string_view name) const {
  const auto found = meanings_.find(name);
  return found == meanings_.end() ? nullptr : &found->second;
}

Slot Names::slot(std::string_view name) const {
  const Meaning* meaning = find(name);
  assert(meaning && meaning->slot);
  return *meaning->slot;
}

Names::Meaning& Names::meaning_of(const std::string& name) {
  const auto [place, is_new] = meanings_.try_emplace(name);
  if (is_new) all_.push_back(name);
  return place->second;
}

void Names::add_slot(const std::string& name, core::VariableType type) {
  Meaning& meaning = meaning_of(name);
  if (meaning.slot) return;
  meaning.slot = slots_.size();
  slots_.push_back({.name = name, .type = type});
}

void Names::add_variable(const std::string& name, core::VariableType type) {
  add_slot(name, type);
  meaning_of(name).is_variable = true;
}

}  // namespace goflow::engine
