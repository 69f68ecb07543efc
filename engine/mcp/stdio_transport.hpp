// An MCP server that is a child process: a message a line, in and out.
#pragma once

#include "engine/loop/event_loop.hpp"
#include "engine/mcp/server.hpp"
#include "engine/mcp/transport.hpp"

namespace goflow::engine {

/// What the server writes to standard error is told when it fails. A Failure: it cannot be started.
core::Result<std::unique_ptr<Transport>, core::Failure> start_stdio_transport(
    EventLoop& loop, const McpServer& server, TransportEvents events);

}  // namespace goflow::engine
