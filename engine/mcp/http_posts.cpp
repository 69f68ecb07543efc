#include "engine/mcp/http_posts.hpp"

#include "core/value/json.hpp"
#include "engine/mcp/server_failure.hpp"

#include <utility>

namespace goflow::engine {
namespace {

using core::Failure;
using core::Value;

/// In its own words, if it says them as JSON-RPC does.
std::string words_of(const HttpResponse& response) {
  const auto body = core::parse_json(response.body);
  const Value* error = body ? body->find("error") : nullptr;
  const Value* message = error != nullptr ? error->find("message") : nullptr;
  return message != nullptr && message->is_text() ? message->as_text() : "";
}

}  // namespace

Post::Post(const Value& message) : body(core::to_json(message)) {
  const Value* id = message.find("id");
  const Value* method = message.find("method");
  if (method == nullptr) return;
  if (id != nullptr) request = id->as_integer();
  holds_others = id == nullptr || method->as_text() == "initialize";
  if (method->as_text() == "notifications/cancelled") {
    cancelled = message.find("params")->find("requestId")->as_integer();
  }
}

HttpRequest post_to(HttpRequest server, std::string body) {
  server.method = "POST";
  server.headers.push_back({"Content-Type", "application/json"});
  server.headers.push_back({"Accept", "application/json, text/event-stream"});
  server.body = std::move(body);
  return server;
}

bool is_event_stream(const HttpResponse& response) {
  const std::string* type = header_of(response, "content-type");
  return type != nullptr && type->starts_with("text/event-stream");
}

bool is_success(const HttpResponse& response) {
  return response.status >= 200 && response.status < 300;
}

const std::string* header_of(const HttpResponse& response, std::string_view name) {
  for (const HttpHeader& header : response.headers) {
    if (header.name == name && header.value) return &*header.value;
  }
  return nullptr;
}

Failure no_way_to_server(const std::string& server_id, const core::Error& why) {
  Failure failure = server_failure(server_id, ": " + why.message);
  failure.type = "validation";
  failure.context.set("hint", why.hint);
  return failure;
}

Failure unreachable_server(const std::string& server_id, const HttpFault& fault) {
  if (fault.kind == HttpFault::Kind::too_large) return flooded_by_server(server_id);
  return server_failure(server_id, ": " + fault.message);
}

Failure refused_by_server(const std::string& server_id, const HttpResponse& response) {
  Failure failure =
      server_failure(server_id, " answers with HTTP status " + std::to_string(response.status));
  const std::string words = words_of(response);
  if (!words.empty()) failure.message += ": " + words;
  failure.context.set("status", response.status);
  if (!response.redirect_url.empty()) {
    failure.context.set("hint", "it leads to " + response.redirect_url + "; write that as its url");
  }
  return failure;
}

}  // namespace goflow::engine
