// JSON-RPC 2.0, which the Model Context Protocol speaks: its messages as values.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace goflow::engine {

struct RpcError {
  std::int64_t code = 0;
  std::string message;
};

inline constexpr std::int64_t method_not_found = -32601;

/// What became of a request of ours.
struct RpcAnswer {
  std::int64_t id = 0;
  core::Result<core::Value, RpcError> result;
};

/// The other side wants something. Its id is a text or a number, and goes back as it came.
struct RpcRequest {
  core::Value id;
  std::string method;
};

struct RpcNotification {
  std::string method;
};

using RpcMessage = std::variant<RpcAnswer, RpcRequest, RpcNotification>;

/// nullopt: it is no message, or one that means nothing to us.
std::optional<RpcMessage> read_rpc_message(const core::Value& message);

// To be sent.
core::Value rpc_request(std::int64_t id, std::string_view method, core::Object parameters);
core::Value rpc_notification(std::string_view method, core::Object parameters = {});
core::Value rpc_result(core::Value id, core::Value result);
core::Value rpc_refusal(core::Value id, const RpcError& error);

}  // namespace goflow::engine
