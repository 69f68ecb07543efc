// Runs mcp_tool nodes: a call of a tool of an MCP server, and what becomes of its answer.
#pragma once

#include "engine/nodes/activity.hpp"

namespace goflow::engine {

/// Its input is what the interpreter made of the node's templates and of its server's: `server`
/// (`id`, `command`, `args`, `env`), `tool`, `parameters` and `parse`.
core::Result<std::unique_ptr<Activity>, core::Failure> start_mcp_tool(const ActivityEffect& effect,
                                                                      ActivityServices& services,
                                                                      ActivityEvents events);

}  // namespace goflow::engine
