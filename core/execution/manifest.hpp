// An execution that is to be created, as another program writes it down.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// Values as they were written, to be checked where they are used.
struct Manifest {
  std::string id;  // empty: a new one
  std::string workflow_id;
  std::string instance_id;
  std::optional<std::string> name = std::nullopt;
  Object inputs = {};
  std::vector<std::string> tags = {};
  std::vector<std::string> labels = {};  // "key=value"
  TextMap annotations = {};
  Runner runner = Runner::local;
  std::vector<std::string> ignored = {};  // members that only goflow itself may set
};

/// invalid_argument: it is no manifest, has a member that none has, or names neither a workflow nor
/// an instance.
Result<Manifest> read_manifest(const Value& document);

}  // namespace goflow::core
