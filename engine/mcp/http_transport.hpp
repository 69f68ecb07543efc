// An MCP server behind an address, "streamable HTTP": a message is a POST, and what answers it
// comes with the response, as one message or as a stream of them.
#pragma once

#include "engine/loop/event_loop.hpp"
#include "engine/mcp/server.hpp"
#include "engine/mcp/transport.hpp"

namespace goflow::engine {

std::unique_ptr<Transport> make_http_transport(EventLoop& loop,
                                               const McpServer& server,
                                               TransportEvents events);

}  // namespace goflow::engine
