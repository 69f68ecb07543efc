// Identifiers that sort by the time of their birth.
#pragma once

#include "core/base/clock.hpp"

#include <string>

namespace goflow::core {

/// 26 lower-case characters of Crockford's base 32; monotonic within a process.
std::string new_ulid(Timestamp now);

/// An execution's id: "wex-" and a ULID.
std::string new_execution_id(Timestamp now);
/// A node execution's id: "nex-" and a ULID.
std::string new_node_execution_id(Timestamp now);
/// A signal's id: "sig-" and a ULID.
std::string new_signal_id(Timestamp now);

}  // namespace goflow::core
