// Which instance is meant by a word: an id, a unique beginning or ending of one, or a slug.
#pragma once

#include "core/base/result.hpp"
#include "core/instance/instance_store.hpp"

#include <string>

namespace goflow::core {

/// not_found: there is none, with the nearest slug. invalid_argument: it could be several, or
/// nothing was written. `store`: nullptr when there never was a history.
Result<Instance> find_instance(const std::string& written, InstanceStore* store);

}  // namespace goflow::core
