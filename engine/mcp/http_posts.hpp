// What both transports over HTTP have alike: a message is a POST, and what its response means.
#pragma once

#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "engine/loop/http_transfer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::engine {

/// A message on its way to the server.
struct Post {
  explicit Post(const core::Value& message);

  std::string body;
  std::optional<std::int64_t> request;    // that it is; nullopt: nobody waits for an answer
  std::optional<std::int64_t> cancelled;  // the request that nobody waits for any more
  // Whether what comes after it has to wait until the server has taken it.
  bool holds_others = false;
};

HttpRequest post_to(HttpRequest server, std::string body);

bool is_event_stream(const HttpResponse& response);
bool is_success(const HttpResponse& response);
/// nullptr: there is none.
const std::string* header_of(const HttpResponse& response, std::string_view name);

/// HTTP cannot be spoken on this machine.
core::Failure no_way_to_server(const std::string& server_id, const core::Error& why);
core::Failure unreachable_server(const std::string& server_id, const HttpFault& fault);
core::Failure refused_by_server(const std::string& server_id, const HttpResponse& response);

}  // namespace goflow::engine
