// The instances of all workflows, beside the history of their runs.
#pragma once

#include "core/base/result.hpp"
#include "core/instance/instance.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// Safe to use from several processes at once; "database is locked" never comes out of it.
class InstanceStore {
 public:
  virtual ~InstanceStore() = default;

  /// already_exists when the id or the slug is taken; it names who has it.
  virtual Result<void> create(const Instance& instance) = 0;
  /// An id wins over a slug.
  virtual Result<std::optional<Instance>> find(const std::string& id_or_slug) = 0;
  /// Of one workflow, or all; by workflow, and there from the oldest on.
  virtual Result<std::vector<Instance>> list(const std::optional<std::string>& workflow_id) = 0;
  /// Loads, lets `change` change it and saves, in one transaction; id, slug, workflow and the time
  /// of its creation stay. not_found when there is none. An Error of `change`, which may be asked
  /// more than once, leaves all as it is.
  virtual Result<Instance> update(const std::string& id,
                                  const std::function<Result<void>(Instance&)>& change) = 0;
  /// not_found when there is none; failed_precondition while an execution of it has not ended.
  virtual Result<void> remove(const std::string& id) = 0;

  /// The id that is recorded as that of the default instance, whether there still is one or not.
  virtual Result<std::optional<std::string>> default_of(const std::string& workflow_id) = 0;
  virtual Result<void> set_default(const std::string& workflow_id,
                                   const std::string& instance_id,
                                   Timestamp now) = 0;
};

/// How every store refuses.
Error no_instance(const std::string& id);
Error instance_exists(const Instance& holder);
Error instance_in_use(const Instance& instance, const Execution& execution);

}  // namespace goflow::core
