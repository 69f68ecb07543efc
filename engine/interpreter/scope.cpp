#include "engine/interpreter/scope.hpp"

#include <algorithm>

namespace goflow::engine {

void Scope::set_local(Slot slot, core::Value value) {
  const auto known = std::find_if(
      locals_.begin(), locals_.end(), [slot](const auto& local) { return local.first == slot; });
  if (known != locals_.end()) {
    known->second = std::move(value);
  } else {
    locals_.emplace_back(slot, std::move(value));
  }
}

const core::Value* Scope::local(Slot slot) const {
  for (const Scope* scope = this; scope; scope = scope->parent_) {
    for (const auto& [local_slot, value] : scope->locals_) {
      if (local_slot == slot) return &value;
    }
  }
  return nullptr;
}

const core::Value* Scope::value(Slot slot) const {
  if (const core::Value* value = local(slot)) return value;
  const auto& value = variables_.value(slot);
  return value ? &*value : nullptr;
}

Scope::Assignment Scope::assign(Slot slot, core::Value value) {
  if (Scope* owner = owner_of_local(slot)) {
    Assignment assignment{.scope = owner->path_, .old_value = *owner->local(slot)};
    owner->set_local(slot, std::move(value));
    return assignment;
  }
  Assignment assignment{.scope = variables_.path(), .old_value = variables_.value(slot)};
  variables_.assign(slot, std::move(value));
  return assignment;
}

void Scope::record(core::NodeIndex node, NodeRecord record) {
  records_.insert_or_assign(node, std::move(record));
}

const NodeRecord* Scope::find_record(core::NodeIndex node) const {
  for (const Scope* scope = this; scope; scope = scope->parent_) {
    const auto found = scope->records_.find(node);
    if (found != scope->records_.end()) return &found->second;
  }
  return nullptr;
}

std::map<core::NodeIndex, const NodeRecord*> Scope::records() const {
  std::map<core::NodeIndex, const NodeRecord*> all;
  for (const Scope* scope = this; scope; scope = scope->parent_) {
    for (const auto& [node, record] : scope->records_)
      all.emplace(node, &record);
  }
  return all;
}

std::string Scope::path_of(std::string_view node_id) const {
  return path_.empty() ? std::string(node_id) : path_ + "/" + std::string(node_id);
}

Scope* Scope::owner_of_local(Slot slot) {
  for (Scope* scope = this; scope; scope = scope->parent_) {
    for (const auto& [local_slot, value] : scope->locals_) {
      if (local_slot == slot) return scope;
    }
  }
  return nullptr;
}

}  // namespace goflow::engine
