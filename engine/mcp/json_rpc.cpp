#include "engine/mcp/json_rpc.hpp"

#include <utility>

namespace goflow::engine {
namespace {

using core::Object;
using core::Value;

Object message_of(std::string_view member, Value content) {
  return Object{{"jsonrpc", "2.0"}, {std::string(member), std::move(content)}};
}

RpcError read_error(const Value& error) {
  RpcError read;
  const Value* code = error.find("code");
  if (code != nullptr && code->is_integer()) read.code = code->as_integer();
  const Value* message = error.find("message");
  if (message != nullptr && message->is_text()) read.message = message->as_text();
  if (read.message.empty()) read.message = "error " + std::to_string(read.code);
  return read;
}

std::optional<RpcMessage> read_answer(const Value& message) {
  const Value* id = message.find("id");
  if (id == nullptr || !id->is_integer()) return std::nullopt;
  if (const Value* error = message.find("error")) {
    return RpcAnswer{id->as_integer(), read_error(*error)};
  }
  const Value* result = message.find("result");
  if (result == nullptr) return std::nullopt;
  return RpcAnswer{id->as_integer(), *result};
}

}  // namespace

std::optional<RpcMessage> read_rpc_message(const Value& message) {
  const Value* method = message.find("method");
  if (method == nullptr) return read_answer(message);
  if (!method->is_text()) return std::nullopt;
  const Value* id = message.find("id");
  if (id == nullptr || id->is_null()) return RpcNotification{method->as_text()};
  return RpcRequest{*id, method->as_text()};
}

Value rpc_request(std::int64_t id, std::string_view method, Object parameters) {
  Object message = message_of("id", id);
  message.set("method", method);
  message.set("params", std::move(parameters));
  return message;
}

Value rpc_notification(std::string_view method, Object parameters) {
  Object message = message_of("method", method);
  if (!parameters.empty()) message.set("params", std::move(parameters));
  return message;
}

Value rpc_result(Value id, Value result) {
  Object message = message_of("id", std::move(id));
  message.set("result", std::move(result));
  return message;
}

Value rpc_refusal(Value id, const RpcError& error) {
  Object message = message_of("id", std::move(id));
  message.set("error", Object{{"code", error.code}, {"message", error.message}});
  return message;
}

}  // namespace goflow::engine
