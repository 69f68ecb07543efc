#include "engine/mcp/client.hpp"

#include "core/base/suggest.hpp"
#include "core/value/json.hpp"
#include "engine/mcp/http_transport.hpp"
#include "engine/mcp/server_failure.hpp"
#include "engine/mcp/sse_transport.hpp"
#include "engine/mcp/stdio_transport.hpp"
#include "engine/mcp/tool_arguments.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <utility>
#include <variant>

namespace goflow::engine {
namespace {

using core::Failure;
using core::Object;
using core::Value;

/// Of the protocol, newest first. Tools are called in the same way in all of them.
constexpr std::array<std::string_view, 4> known_versions{
    "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"};

/// A server that was fetched from the network for this very run may need as long to start.
constexpr std::chrono::seconds longest_start{60};

Object greeting() {
  return Object{{"protocolVersion", known_versions.front()},
                {"capabilities", Object()},
                {"clientInfo", Object{{"name", "goflow"}, {"version", GOFLOW_VERSION}}}};
}

bool is_known_version(const Value& greeting) {
  const Value* version = greeting.find("protocolVersion");
  return version != nullptr && version->is_text() &&
         std::find(known_versions.begin(), known_versions.end(), version->as_text()) !=
             known_versions.end();
}

bool offers_tools(const Value& greeting) {
  const Value* capabilities = greeting.find("capabilities");
  return capabilities != nullptr && capabilities->find("tools") != nullptr;
}

core::Result<std::unique_ptr<Transport>, Failure> start_transport(EventLoop& loop,
                                                                  const McpServer& server,
                                                                  TransportEvents events) {
  switch (server.transport) {
    case core::Transport::stdio:
      break;
    case core::Transport::http:
      return make_http_transport(loop, server, std::move(events));
    case core::Transport::sse:
      return make_sse_transport(loop, server, std::move(events));
  }
  return start_stdio_transport(loop, server, std::move(events));
}

}  // namespace

core::Result<std::shared_ptr<McpClient>, Failure> McpClient::start(EventLoop& loop,
                                                                   const McpServer& server) {
  auto client = std::make_shared<McpClient>(loop, server.id);
  TransportEvents events;
  events.on_message = [client = client.get()](std::string_view text) { client->heard(text); };
  events.on_unanswered = [client = client.get()](std::int64_t request, Failure reason) {
    client->answered(request, std::move(reason));
  };
  events.on_end = [client = client.get()](Failure reason) { client->lost(std::move(reason)); };
  GOFLOW_TRY(client->transport_, start_transport(loop, server, std::move(events)));
  client->greet();
  return client;
}

McpClient::McpClient(EventLoop& loop, std::string server_id)
    : server_id_(std::move(server_id)),
      start_limit_(loop,
                   [this] {
                     refuse_server("has not told its tools within " +
                                   std::to_string(longest_start.count()) + " seconds");
                   }),
      serve_soon_(loop, [this] { serve(); }) {}

void McpClient::greet() {
  start_limit_.start(longest_start);
  request("initialize", greeting(), [this](const Result& result) { was_greeted(result); });
}

void McpClient::was_greeted(const Result& result) {
  if (!result) return refuse_server("does not want to talk", result.error());
  if (!is_known_version(*result)) {
    return refuse_server("speaks another version of the protocol: " + core::to_json(*result));
  }
  transport_->set_version(result->find("protocolVersion")->as_text());
  transport_->send(rpc_notification("notifications/initialized"));
  if (offers_tools(*result)) return ask_for_tools({});
  knows_tools_ = true;
  serve();
}

void McpClient::ask_for_tools(Object parameters) {
  request("tools/list", std::move(parameters), [this](const Result& result) {
    heard_of_tools(result);
  });
}

/// They come page by page.
void McpClient::heard_of_tools(const Result& result) {
  if (!result) return refuse_server("does not tell its tools", result.error());
  const Value* tools = result->find("tools");
  if (tools == nullptr || !tools->is_array()) return refuse_server("tells no list of its tools");
  for (const Value& tool : tools->as_array()) {
    const Value* name = tool.find("name");
    const Value* schema = tool.find("inputSchema");
    if (name == nullptr || !name->is_text()) continue;
    tools_.insert_or_assign(name->as_text(), schema == nullptr ? Value() : *schema);
  }
  const Value* next = result->find("nextCursor");
  if (next != nullptr && next->is_text()) return ask_for_tools(Object{{"cursor", *next}});
  knows_tools_ = true;
  serve();
}

McpClient::CallId McpClient::call(std::string tool, Value arguments, Answer answer) {
  calls_.push_back({++last_call_, std::move(tool), std::move(arguments), std::move(answer)});
  serve_soon_.start(std::chrono::milliseconds{0});
  return last_call_;
}

void McpClient::serve() {
  if (!knows_tools_ || has_ended()) return;
  start_limit_.stop();
  for (auto call = calls_.begin(); call != calls_.end();) {
    // It may be answered, and so erased, right now.
    const auto current = call++;
    if (!current->request) serve(current);
  }
}

void McpClient::serve(Calls::iterator call) {
  const auto tool = tools_.find(call->tool);
  if (tool == tools_.end()) return answer(call, unknown_tool(call->tool));
  const CallId id = call->id;
  Object parameters{{"name", call->tool}, {"arguments", fitted_to(tool->second, call->arguments)}};
  request("tools/call", std::move(parameters), [this, id](Result result) {
    const auto same = [id](const Call& one) { return one.id == id; };
    const auto found = std::find_if(calls_.begin(), calls_.end(), same);
    if (found != calls_.end()) answer(found, std::move(result));
  });
  call->request = last_request_;
}

Failure McpClient::unknown_tool(const std::string& tool) const {
  Failure failure{"validation", "server '" + server_id_ + "' has no tool '" + tool + "'"};
  std::vector<std::string> names;
  for (const auto& [name, schema] : tools_) {
    names.push_back(name);
  }
  const std::string hint = core::did_you_mean(tool, names);
  if (!hint.empty()) failure.context.set("hint", hint);
  return failure;
}

void McpClient::answer(Calls::iterator call, Result result) {
  const Answer tell = std::move(call->answer);
  calls_.erase(call);
  tell(std::move(result));
}

void McpClient::withdraw(CallId id) {
  const auto found =
      std::find_if(calls_.begin(), calls_.end(), [id](const Call& one) { return one.id == id; });
  if (found == calls_.end()) return;
  if (found->request && !has_ended()) {
    requests_.erase(*found->request);
    transport_->send(
        rpc_notification("notifications/cancelled", Object{{"requestId", *found->request}}));
  }
  calls_.erase(found);
}

void McpClient::close() {
  if (transport_) transport_->close();
}

std::optional<std::int64_t> McpClient::process_group() const {
  return transport_ ? transport_->process_group() : std::nullopt;
}

void McpClient::request(std::string_view method,
                        Object parameters,
                        std::function<void(Result)> then) {
  requests_.emplace(++last_request_, std::move(then));
  transport_->send(rpc_request(last_request_, method, std::move(parameters)));
}

/// What is no message is passed over: some servers write a word of welcome where they should not.
void McpClient::heard(std::string_view text) {
  const auto value = core::parse_json(text);
  if (!value) return;
  const auto message = read_rpc_message(*value);
  if (message) std::visit([this](const auto& one) { heard(one); }, *message);
}

void McpClient::heard(const RpcAnswer& answer) {
  if (answer.result) return answered(answer.id, *answer.result);
  Failure failure{"execution", answer.result.error().message};
  failure.context.set("code", answer.result.error().code);
  answered(answer.id, std::move(failure));
}

void McpClient::heard(const RpcRequest& request) {
  if (request.method == "ping") return transport_->send(rpc_result(request.id, Object()));
  transport_->send(rpc_refusal(
      request.id, {method_not_found, "goflow does not offer '" + request.method + "'"}));
}

void McpClient::heard(const RpcNotification& notification) {
  if (notification.method != "notifications/tools/list_changed" || !knows_tools_) return;
  knows_tools_ = false;
  tools_.clear();
  ask_for_tools({});
}

void McpClient::answered(std::int64_t request, Result result) {
  const auto found = requests_.find(request);
  if (found == requests_.end()) return;  // answered before, or given up
  const auto then = std::move(found->second);
  requests_.erase(found);
  then(std::move(result));
}

void McpClient::refuse_server(const std::string& reason, Failure cause) {
  if (cause.type == "execution") return refuse_server(reason + ": " + cause.message);
  fault_ = std::move(cause);
  transport_->close();
}

void McpClient::refuse_server(const std::string& reason) {
  fault_ = server_failure(server_id_, " " + reason);
  transport_->close();
}

void McpClient::lost(Failure reason) {
  // Who hears of it below may ask whether it has ended.
  const std::unique_ptr<Transport> gone = std::move(transport_);
  start_limit_.stop();
  serve_soon_.stop();
  requests_.clear();
  const Failure why = fault_.value_or(std::move(reason));
  while (!calls_.empty()) {
    answer(calls_.begin(), why);
  }
}

}  // namespace goflow::engine
