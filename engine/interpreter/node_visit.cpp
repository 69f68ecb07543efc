#include "engine/interpreter/node_visit.hpp"

#include <utility>

namespace goflow::engine {

ScopeEnvironment NodeVisit::environment(std::string_view purpose) const {
  return ScopeEnvironment(run, scope, node.id, attempt, purpose);
}

std::string NodeVisit::inner_path() const {
  return attempt == 1 ? path : path + "@" + std::to_string(attempt);
}

void NodeVisit::note_started(core::Object inputs) {
  started_at = run.runtime.note(
      NodeStarted{.path = path,
                  .node_id = node.id,
                  .type = std::string(type()),
                  .attempt = attempt,
                  .inputs = run.runtime.kept_fields(std::move(inputs), node.id, path)});
}

void NodeVisit::assign(Slot slot, core::Value value) {
  value = run.runtime.kept(std::move(value), run.names.name_of(slot), path);
  auto [where, old_value] = scope.assign(slot, value);
  run.runtime.note(VariableSet{.scope = std::move(where),
                               .node_path = path,
                               .name = run.names.name_of(slot),
                               .old_value = std::move(old_value),
                               .new_value = std::move(value)});
}

}  // namespace goflow::engine
