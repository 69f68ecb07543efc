// The instance that runs belong to of which nobody named one.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/instance/instance_store.hpp"

#include <string>

namespace goflow::core {

/// Made when it is needed for the first time, or has been deleted since; `by` is who makes it then.
/// Of several processes that ask at once all get the same. It binds nothing.
Result<Instance> default_instance(const std::string& workflow_id,
                                  InstanceStore& store,
                                  const std::string& by,
                                  const Clock& clock);

}  // namespace goflow::core
