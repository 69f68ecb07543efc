// A workflow bound to what one wants it run with, under a name of its own.
#pragma once

#include "core/base/clock.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

#include <string>

namespace goflow::core {

struct Instance {
  std::string id;           // win-<ulid>
  std::string name;         // what it is called
  std::string slug;         // of its first name; stays when the name changes
  std::string workflow_id;  // never changes
  std::string description = {};
  Object inputs = {};  // over the defaults of the workflow; need not be complete
  TextMap env = {};    // over that of the workflow, under that of a node
  CredentialBindings credentials = {};
  TextMap labels = {};
  AuditTrail audit = {};
  Timestamp created_at;
};

}  // namespace goflow::core
