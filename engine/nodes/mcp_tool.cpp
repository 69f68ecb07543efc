#include "engine/nodes/mcp_tool.hpp"

#include "engine/loop/timer.hpp"
#include "engine/mcp/server_pool.hpp"
#include "engine/nodes/environment.hpp"
#include "engine/nodes/http_request.hpp"
#include "engine/nodes/mcp_tool_value.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goflow::engine {
namespace {

using core::Failure;
using core::Result;
using core::Value;

core::ToolParse parse_of(const Value& input) {
  const std::string& word = input.find("parse")->as_text();
  if (word == "text") return core::ToolParse::text;
  if (word == "json") return core::ToolParse::json;
  if (word == "raw") return core::ToolParse::raw;
  return core::ToolParse::by_content;
}

bool has_nul(const std::vector<std::string>& texts) {
  return std::any_of(texts.begin(), texts.end(), [](const std::string& text) {
    return text.find('\0') != text.npos;
  });
}

/// A program of ours.
Result<McpServer, Failure> program_in(const Value& described, const ActivityServices& services) {
  McpServer server;
  server.id = described.find("id")->as_text();
  server.command.push_back(described.find("command")->as_text());
  for (const Value& argument : described.find("args")->as_array()) {
    server.command.push_back(argument.as_text());
  }
  Environment environment(services.environment);
  for (const auto& [name, value] : described.find("env")->as_object()) {
    if (value.is_null()) {
      environment.remove(name);
    } else {
      environment.set(name, value.as_text());
    }
  }
  server.environment = environment.entries();
  server.directory = services.working_directory;
  if (has_nul(server.command) || has_nul(server.environment)) {
    return Failure{
        "data",
        "server '" + server.id +
            "' is given a NUL character, which the system takes for the end of the text"};
  }
  return server;
}

Result<McpServer, Failure> server_in(const Value& input, const ActivityServices& services) {
  const Value& described = *input.find("server");
  const std::string& transport = described.find("transport")->as_text();
  if (transport == "stdio") return program_in(described, services);
  McpServer server;
  server.id = described.find("id")->as_text();
  server.transport = transport == "sse" ? core::Transport::sse : core::Transport::http;
  auto request = make_request(described, "", services.environment);
  if (!request) {
    Failure failure = std::move(request).error();
    failure.message = "server '" + server.id + "': " + failure.message;
    return failure;
  }
  server.request = *std::move(request);
  return server;
}

class McpToolActivity final : public Activity {
 public:
  McpToolActivity(core::ToolParse parse, ActivityServices& services, ActivityEvents events)
      : parse_(parse),
        redactor_(services.redactor),
        events_(std::move(events)),
        end_(services.loop, [this] {
          EffectOutcome cancelled;
          cancelled.status = EffectOutcome::Status::cancelled;
          done(std::move(cancelled));
        }) {}

  ~McpToolActivity() override {
    if (client_) client_->withdraw(call_);
  }
  McpToolActivity(const McpToolActivity&) = delete;
  McpToolActivity& operator=(const McpToolActivity&) = delete;

  void start(std::shared_ptr<McpClient> client, const Value& input) {
    client_ = std::move(client);
    call_ = client_->call(input.find("tool")->as_text(),
                          *input.find("parameters"),
                          [this](auto result) { answered(std::move(result)); });
  }

  void cancel() override {
    client_->withdraw(call_);
    end_.start(std::chrono::milliseconds{0});
  }

  void kill() override { cancel(); }

  /// A server that nobody closes ends when its input does; this is for one that does not heed that.
  [[nodiscard]] std::optional<std::int64_t> process_group() const override {
    return client_->process_group();
  }

 private:
  void answered(Result<Value, Failure> result) {
    EffectOutcome outcome;
    if (result) {
      // Before it is read: as part of a text in base64 a secret would be seen no more.
      const Value whole = redactor_.redact(*result);
      outcome.facts.set("result", whole);
      result = tool_value(whole, parse_, outcome.warnings);
    }
    if (result) {
      outcome.value = *std::move(result);
    } else {
      outcome.status = EffectOutcome::Status::failed;
      outcome.failure = std::move(result).error();
    }
    done(std::move(outcome));
  }

  void done(EffectOutcome outcome) {
    const auto on_done = std::move(events_.on_done);
    on_done(std::move(outcome));  // may destroy this
  }

  core::ToolParse parse_;
  const core::Redactor& redactor_;
  ActivityEvents events_;
  Timer end_;
  std::shared_ptr<McpClient> client_;
  McpClient::CallId call_ = 0;
};

}  // namespace

Result<std::unique_ptr<Activity>, Failure> start_mcp_tool(const ActivityEffect& effect,
                                                          ActivityServices& services,
                                                          ActivityEvents events) {
  const Value& input = effect.input;
  GOFLOW_TRY(auto client,
             services.servers->client_for(input.find("server")->find("id")->as_text(),
                                          [&] { return server_in(input, services); }));
  auto activity = std::make_unique<McpToolActivity>(parse_of(input), services, std::move(events));
  activity->start(std::move(client), input);
  return std::unique_ptr<Activity>(std::move(activity));
}

}  // namespace goflow::engine
