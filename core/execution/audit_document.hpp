// Who made and changed a record, and how it had ended before: as the history and programs see it.
#pragma once

#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

#include <vector>

namespace goflow::core {

Object to_document(const AuditTrail& trail);
Array earlier_ends_document(const std::vector<EarlierEnd>& ends);

}  // namespace goflow::core
