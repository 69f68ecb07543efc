// Signals of a run, as rows of the history.
#pragma once

#include "core/execution/execution.hpp"
#include "storage/sqlite/database.hpp"

#include <optional>
#include <string>

namespace goflow::storage {

// All of it within the `work` of a write().

core::Result<void> add_signal(Database& database,
                              const std::string& execution_id,
                              const core::Signal& signal);

struct SignalWanted {
  const std::string& execution_id;
  const std::string& path;  // of the node that waits
  const std::string& name;
  const std::optional<core::Timestamp>& until;
};

/// Of several the one that was added first; what a node was given once it is given again. Claims in
/// its payload are as they are recorded.
std::optional<core::Signal> take_signal(Database& database,
                                        const SignalWanted& wanted,
                                        core::Timestamp now);

}  // namespace goflow::storage
