#include "core/instance/default_instance.hpp"

#include "core/base/ulid.hpp"
#include "core/execution/naming.hpp"

namespace goflow::core {
namespace {

constexpr std::size_t longest_taken_over = 180;  // of an id; a name has at most 200 characters

/// Of an id that has no letter for a slug: "default".
Result<std::string> default_slug(const std::string& workflow_id) {
  return slug_of(workflow_id.substr(0, longest_taken_over) + "-default");
}

Result<std::optional<Instance>> recorded_default(const std::string& workflow_id,
                                                 InstanceStore& store) {
  GOFLOW_TRY(const std::optional<std::string> id, store.default_of(workflow_id));
  if (!id) return std::optional<Instance>();
  GOFLOW_TRY(std::optional<Instance> instance, store.find(*id));
  // One may have been given a name that looks like this id.
  if (instance && instance->id != *id) instance.reset();
  return instance;
}

Instance new_default(const std::string& workflow_id,
                     const std::string& slug,
                     const std::string& by,
                     Timestamp now) {
  Instance instance;
  instance.id = new_instance_id(now);
  instance.name = slug;
  instance.slug = slug;
  instance.workflow_id = workflow_id;
  instance.description = "Default instance (auto-created, no custom configuration)";
  instance.audit = new_audit(by, now).spec;
  instance.created_at = now;
  return instance;
}

/// The instance of the workflow with this slug, made if there is none. Nothing when another
/// workflow has it.
Result<std::optional<Instance>> take_slug(const Instance& wanted, InstanceStore& store) {
  while (true) {
    GOFLOW_TRY(std::optional<Instance> holder, store.find(wanted.slug));
    if (holder && holder->workflow_id == wanted.workflow_id) return holder;
    if (holder) return std::optional<Instance>();
    const auto created = store.create(wanted);
    if (created) return std::optional(wanted);
    // Somebody was faster, maybe for the same workflow.
    if (created.error().code != ErrorCode::already_exists) return created.error();
  }
}

Result<Instance> found_or_made(const std::string& workflow_id,
                               InstanceStore& store,
                               const std::string& by,
                               Timestamp now) {
  GOFLOW_TRY(const std::string slug, default_slug(workflow_id));
  GOFLOW_TRY(std::optional<Instance> taken,
             take_slug(new_default(workflow_id, slug, by, now), store));
  for (int number = 2; !taken; ++number) {
    const std::string next = slug + "-" + std::to_string(number);
    GOFLOW_TRY(taken, take_slug(new_default(workflow_id, next, by, now), store));
  }
  return *std::move(taken);
}

}  // namespace

Result<Instance> default_instance(const std::string& workflow_id,
                                  InstanceStore& store,
                                  const std::string& by,
                                  const Clock& clock) {
  GOFLOW_TRY(std::optional<Instance> recorded, recorded_default(workflow_id, store));
  if (recorded) return *std::move(recorded);
  const Timestamp now = clock.now();
  GOFLOW_TRY(Instance instance, found_or_made(workflow_id, store, by, now));
  GOFLOW_TRY(store.set_default(workflow_id, instance.id, now));
  return instance;
}

}  // namespace goflow::core
