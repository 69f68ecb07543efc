#include "tests/support/memory_instance_store.hpp"

#include <algorithm>
#include <tuple>

namespace goflow::test {

using core::Instance;
using core::Result;

Result<void> MemoryInstanceStore::create(const Instance& instance) {
  if (const auto same = instances_.find(instance.id); same != instances_.end()) {
    return core::instance_exists(same->second);
  }
  for (const auto& [id, other] : instances_) {
    if (other.slug == instance.slug) return core::instance_exists(other);
  }
  instances_.emplace(instance.id, instance);
  return {};
}

Result<std::optional<Instance>> MemoryInstanceStore::find(const std::string& id_or_slug) {
  const auto named = instances_.find(id_or_slug);
  if (named != instances_.end()) return std::optional(named->second);
  for (const auto& [id, instance] : instances_) {
    if (instance.slug == id_or_slug) return std::optional(instance);
  }
  return std::optional<Instance>();
}

Result<std::vector<Instance>> MemoryInstanceStore::list(
    const std::optional<std::string>& workflow_id) {
  std::vector<Instance> found;
  for (const auto& [id, instance] : instances_) {
    if (!workflow_id || instance.workflow_id == *workflow_id) found.push_back(instance);
  }
  std::sort(found.begin(), found.end(), [](const Instance& a, const Instance& b) {
    return std::tie(a.workflow_id, a.created_at, a.id) <
           std::tie(b.workflow_id, b.created_at, b.id);
  });
  return found;
}

Result<Instance> MemoryInstanceStore::update(const std::string& id,
                                             const std::function<Result<void>(Instance&)>& change) {
  const auto found = instances_.find(id);
  if (found == instances_.end()) return core::no_instance(id);
  const Instance& before = found->second;
  Instance after = before;
  GOFLOW_TRY(change(after));
  after.id = before.id;
  after.slug = before.slug;
  after.workflow_id = before.workflow_id;
  after.created_at = before.created_at;
  found->second = after;
  return after;
}

Result<void> MemoryInstanceStore::remove(const std::string& id) {
  using enum core::ExecutionStatus;
  const auto found = instances_.find(id);
  if (found == instances_.end()) return core::no_instance(id);
  core::ExecutionFilter unended;
  unended.instance_id = id;
  unended.with_children = true;
  unended.statuses = {pending, running, waiting};
  GOFLOW_TRY(const auto runs, executions_.list(unended, 1, std::nullopt));
  if (!runs.executions.empty()) {
    return core::instance_in_use(found->second, runs.executions.front());
  }
  instances_.erase(found);
  return {};
}

Result<std::optional<std::string>> MemoryInstanceStore::default_of(const std::string& workflow_id) {
  const auto recorded = defaults_.find(workflow_id);
  if (recorded == defaults_.end()) return std::optional<std::string>();
  return std::optional(recorded->second);
}

Result<void> MemoryInstanceStore::set_default(const std::string& workflow_id,
                                              const std::string& instance_id,
                                              core::Timestamp) {
  defaults_.insert_or_assign(workflow_id, instance_id);
  return {};
}

}  // namespace goflow::test
