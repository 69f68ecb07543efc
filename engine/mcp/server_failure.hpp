// What is told of a server that cannot be spoken with.
#pragma once

#include "core/execution/execution.hpp"

#include <string>

namespace goflow::engine {

/// connection: "server 'files'" and `what`: " has ended".
core::Failure server_failure(const std::string& server_id, const std::string& what);
/// data: one of its messages is more than a value may have.
core::Failure flooded_by_server(const std::string& server_id);

}  // namespace goflow::engine
