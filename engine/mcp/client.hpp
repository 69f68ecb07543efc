// A conversation with one MCP server: from the greeting to the end, with calls of its tools.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "engine/loop/event_loop.hpp"
#include "engine/loop/timer.hpp"
#include "engine/mcp/json_rpc.hpp"
#include "engine/mcp/server.hpp"
#include "engine/mcp/transport.hpp"

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

/// 1. Calls wait until the server has said what tools it has; then they go on side by side.
/// 2. When the server is lost, all of them are answered with the reason.
class McpClient {
 public:
  using CallId = std::uint64_t;
  /// The result object of the protocol, as it came. Called once, on the loop.
  using Answer = std::function<void(core::Result<core::Value, core::Failure>)>;

  /// A Failure: the server cannot be started.
  static core::Result<std::shared_ptr<McpClient>, core::Failure> start(EventLoop& loop,
                                                                       const McpServer& server);
  McpClient(EventLoop& loop, std::string server_id);
  McpClient(const McpClient&) = delete;
  McpClient& operator=(const McpClient&) = delete;

  /// Only of a server that has not ended. `answer` does not come from within this.
  CallId call(std::string tool, core::Value arguments, Answer answer);
  /// Nobody waits for its answer any more; the server is told so.
  void withdraw(CallId id);

  void close();
  [[nodiscard]] bool has_ended() const { return transport_ == nullptr; }
  [[nodiscard]] std::optional<std::int64_t> process_group() const;

 private:
  using Result = core::Result<core::Value, core::Failure>;

  struct Call {
    CallId id;
    std::string tool;
    core::Value arguments;
    Answer answer;
    std::optional<std::int64_t> request = std::nullopt;  // under which it was sent
  };
  using Calls = std::list<Call>;

  void greet();
  void was_greeted(const Result& result);
  void ask_for_tools(core::Object parameters);
  void heard_of_tools(const Result& result);
  void serve();
  void serve(Calls::iterator call);
  [[nodiscard]] core::Failure unknown_tool(const std::string& tool) const;
  void answer(Calls::iterator call, Result result);

  void request(std::string_view method, core::Object parameters, std::function<void(Result)> then);
  void heard(std::string_view text);
  void heard(const RpcAnswer& answer);
  void heard(const RpcRequest& request);
  void heard(const RpcNotification& notification);
  void answered(std::int64_t request, Result result);
  void refuse_server(const std::string& reason);
  void refuse_server(const std::string& reason, core::Failure cause);
  void lost(core::Failure reason);

  std::string server_id_;
  std::unique_ptr<Transport> transport_;  // nullptr: it has ended
  Timer start_limit_;
  Timer serve_soon_;
  std::optional<core::Failure> fault_;  // why we ended it

  std::int64_t last_request_ = 0;
  std::map<std::int64_t, std::function<void(Result)>> requests_;

  bool knows_tools_ = false;
  std::map<std::string, core::Value, std::less<>> tools_;  // what each takes, by name

  CallId last_call_ = 0;
  Calls calls_;
};

}  // namespace goflow::engine
