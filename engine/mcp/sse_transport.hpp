// An MCP server behind an address, as it was before streamable HTTP: one stream of events brings
// all that the server says, and first of all where to POST messages.
#pragma once

#include "engine/loop/event_loop.hpp"
#include "engine/mcp/server.hpp"
#include "engine/mcp/transport.hpp"

namespace goflow::engine {

std::unique_ptr<Transport> make_sse_transport(EventLoop& loop,
                                              const McpServer& server,
                                              TransportEvents events);

}  // namespace goflow::engine
