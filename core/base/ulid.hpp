// Identifiers that sort by the time of their birth.
#pragma once

#include "core/base/clock.hpp"

#include <string>
#include <string_view>

namespace goflow::core {

/// 26 lower-case characters of Crockford's base 32; monotonic within a process.
std::string new_ulid(Timestamp now);

/// The ten characters with which an id of that time begins.
std::string ulid_time(Timestamp time);

/// An execution's id: "wex-" and a ULID.
std::string new_execution_id(Timestamp now);
/// Whether it is written as such an id is.
bool is_execution_id(std::string_view text);
/// A node execution's id: "nex-" and a ULID.
std::string new_node_execution_id(Timestamp now);
/// A signal's id: "sig-" and a ULID.
std::string new_signal_id(Timestamp now);
/// An instance's id: "win-" and a ULID.
std::string new_instance_id(Timestamp now);

}  // namespace goflow::core
