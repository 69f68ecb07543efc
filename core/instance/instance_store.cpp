#include "core/instance/instance_store.hpp"

namespace goflow::core {

Error no_instance(const std::string& id) {
  return Error{ErrorCode::not_found, "no instance '" + id + "'"}.with_hint(
      "see what there is: goflow instance list");
}

Error instance_exists(const Instance& holder) {
  return Error{ErrorCode::already_exists,
               "instance '" + holder.name + "' already exists (slug " + holder.slug + ", id " +
                   holder.id + ")"}
      .with_hint("choose another name, or change that one: goflow instance update " + holder.slug);
}

Error instance_in_use(const Instance& instance, const Execution& execution) {
  return Error{ErrorCode::failed_precondition,
               "instance '" + instance.name + "' is in use: execution '" + execution.id + "' is " +
                   std::string(to_string(execution.status))}
      .with_hint("wait until it has ended, or end it: goflow exec cancel " + execution.id);
}

}  // namespace goflow::core
