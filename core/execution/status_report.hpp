// What somebody who runs an execution elsewhere has to tell about it.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/large_values.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

#include <string>
#include <vector>

namespace goflow::core {

/// The same report: the values that it brings need not stay in this process. A malformed one stays
/// as it is, for merge_report() to tell.
Value with_large_values_kept(Value report, LargeValues& large_values);

/// Merges a report into a record: what it does not name stays, and nothing can be cleared.
/// invalid_argument: a member that is unknown or cannot be read; failed_precondition: the execution
/// has ended, or may not move there. The record is then half changed and must not be saved.
Result<void> merge_report(const Value& report,
                          Execution& execution,
                          std::vector<NodeExecution>& nodes,
                          const std::string& by,
                          Timestamp now);

}  // namespace goflow::core
