#include "engine/interpreter/environment.hpp"

#include "core/base/clock.hpp"
#include "core/base/uuid.hpp"
#include "core/execution/status.hpp"

#include <fmt/format.h>

#include <utility>

namespace goflow::engine {

namespace {

constexpr std::string_view run_name = "goflow";
constexpr std::string_view input_name = "input";

core::Value to_value(const std::optional<core::Timestamp>& time) {
  return time ? core::Value(core::format_rfc3339(*time)) : core::Value();
}

core::Value about(const NodeRecord& record) {
  core::Object members;
  members.set("status", core::to_string(record.status));
  members.set("value", record.value.value_or(core::Value()));
  members.set("error", record.failure ? core::to_value(*record.failure) : core::Value());
  members.set("attempts", record.attempts);
  members.set("started_at", to_value(record.started_at));
  members.set("completed_at", to_value(record.completed_at));
  return members;
}

}  // namespace

core::Binding ScopeEnvironment::lookup(std::string_view name) const {
  const Names::Meaning* meaning = run_.names.find(name);
  if (meaning && meaning->slot) {
    if (meaning->is_variable || scope_.local(*meaning->slot)) return variable(*meaning->slot);
  }
  if (input_ && name == input_name) return {.presence = core::Presence::present, .value = *input_};
  if (meaning && meaning->node) return node_value(*meaning->node);
  if (name == run_name) return {.presence = core::Presence::present, .value = about_run()};
  return {.presence = meaning ? core::Presence::no_value : core::Presence::unknown};
}

std::vector<std::string> ScopeEnvironment::names() const {
  std::vector<std::string> all = run_.names.all();
  if (input_) all.emplace_back(input_name);
  all.emplace_back(run_name);
  return all;
}

core::Timestamp ScopeEnvironment::now() const {
  if (!now_) now_ = run_.runtime.now(scope_.path_of(node_id_), attempt_);
  return *now_;
}

std::string ScopeEnvironment::uuid() const {
  return core::uuid_of(fmt::format("{}\n{}\n{}\n{}\n{}",
                                   run_.identity.execution_id,
                                   scope_.path_of(node_id_),
                                   attempt_,
                                   purpose_,
                                   ++uuids_));
}

std::optional<std::string> ScopeEnvironment::process_variable(const std::string& name) const {
  return run_.runtime.process_variable(name);
}

core::Result<core::Value> ScopeEnvironment::secret(const std::string& name) const {
  auto value = run_.runtime.secret(name);
  was_asked_for_secret_ = true;
  lacks_secret_ = lacks_secret_ || !value;
  if (value && !run_.runtime.can_mask(name)) bare_secrets_.insert(name);
  return value;
}

core::Binding ScopeEnvironment::variable(Slot slot) const {
  const core::Value* value = scope_.value(slot);
  if (!value) return {.presence = core::Presence::no_value};
  return {.presence = core::Presence::present, .value = *value};
}

core::Binding ScopeEnvironment::node_value(core::NodeIndex node) const {
  const NodeRecord* record = scope_.find_record(node);
  if (!record || !record->value) return {.presence = core::Presence::no_value};
  return {.presence = core::Presence::present, .value = *record->value};
}

core::Value ScopeEnvironment::about_run() const {
  core::Object members;
  members.set("execution_id", run_.identity.execution_id);
  members.set("workflow", run_.workflow.id);
  members.set("started_at", core::format_rfc3339(run_.identity.started_at));
  members.set("node", node_id_);
  members.set("attempt", attempt_);
  members.set("nodes", about_nodes());
  if (const auto& ending = run_.ending) {
    members.set("status", core::to_string(ending->status));
    members.set("error", ending->failure ? core::to_value(*ending->failure) : core::Value());
  }
  return members;
}

core::Value ScopeEnvironment::about_nodes() const {
  using enum core::NodeStatus;
  core::Object members;
  for (const auto& [node, record] : scope_.records()) {
    members.set(run_.workflow.nodes[node].id, about(*record));
  }
  if (!run_.ending) return members;
  // A handler may ask about any node, also about one that was never reached.
  for (const core::NodeIndex node : run_.workflow.graph.nodes) {
    const std::string& id = run_.workflow.nodes[node].id;
    if (!members.contains(id)) members.set(id, about(NodeRecord{.status = pending}));
  }
  return members;
}

Variables given_variables(const RunContext& run) {
  Variables variables(run.names.slot_count());
  for (const auto& [name, value] : run.inputs)
    variables.assign(run.names.slot(name), value);
  return variables;
}

core::Object variables_with_values(const RunContext& run, const Scope& scope) {
  core::Object variables;
  for (Slot slot = 0; slot < run.names.slot_count(); ++slot) {
    if (const core::Value* value = scope.value(slot))
      variables.set(run.names.name_of(slot), *value);
  }
  return variables;
}

}  // namespace goflow::engine
