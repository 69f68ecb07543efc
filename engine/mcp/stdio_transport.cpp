#include "engine/mcp/stdio_transport.hpp"

#include "core/value/json.hpp"
#include "engine/loop/captured_log.hpp"
#include "engine/loop/child_process.hpp"
#include "engine/loop/timer.hpp"
#include "engine/mcp/line_reader.hpp"
#include "engine/mcp/server_failure.hpp"

#include <chrono>
#include <utility>

namespace goflow::engine {
namespace {

using core::Failure;

constexpr std::chrono::milliseconds grace_after_silence{1000};
/// A server that heeds the end of its input is gone by then.
constexpr std::chrono::milliseconds grace_after_input{1000};
constexpr std::chrono::milliseconds grace_after_terminate{1000};

constexpr std::size_t lines_of_error = 20;

class StdioTransport final : public Transport {
 public:
  StdioTransport(EventLoop& loop, std::string id, TransportEvents events)
      : id_(std::move(id)),
        events_(std::move(events)),
        patience_(loop, [this] { lose_patience(); }) {}

  core::Result<void, Failure> start(EventLoop& loop, const McpServer& server) {
    ChildCommand command;
    command.arguments = server.command;
    command.environment = server.environment;
    command.directory = server.directory;
    command.keeps_input_open = true;
    ChildEvents events;
    events.on_output = [this](ChildStream stream, std::string_view bytes) { heard(stream, bytes); };
    events.on_silence = [this](ChildStream stream) { fell_silent(stream); };
    events.on_end = [this](const ChildEnd& end) { ended(end); };
    auto child = ChildProcess::start(loop, std::move(command), std::move(events));
    if (!child) return not_started(child.error());
    child_ = *std::move(child);
    return {};
  }

  void send(const core::Value& message) override { child_->write(core::to_json(message) + "\n"); }

  void close() override {
    if (is_closing_) return;
    is_closing_ = true;
    child_->close_input();
    patience_.start(grace_after_input);
  }

  [[nodiscard]] std::optional<std::int64_t> process_group() const override {
    return child_->group();
  }

 private:
  [[nodiscard]] Failure not_started(const StartFailure& cause) const {
    Failure failure = server_failure(id_, ": " + cause.reason);
    if (cause.lack == StartFailure::Lack::program && !cause.sought.empty()) {
      failure.context.set("hint", "looked for it in PATH: " + cause.sought);
    }
    return failure;
  }

  void heard(ChildStream stream, std::string_view bytes) {
    if (stream == ChildStream::err) return errors_.append(bytes);
    lines_.append(bytes);
    while (const auto line = lines_.next()) {
      events_.on_message(*line);
    }
    if (!lines_.is_overfull() || is_flooded_) return;
    is_flooded_ = true;
    child_->kill();
  }

  // Most have ended when they say no more; one that lives on can answer nothing.
  void fell_silent(ChildStream stream) {
    if (stream == ChildStream::out && !is_closing_) patience_.start(grace_after_silence);
  }

  // Asked to end once by the end of its input, once by SIGTERM.
  void lose_patience() {
    if (!is_closing_) {
      is_mute_ = true;
      return close();
    }
    if (is_terminated_) return child_->kill();
    is_terminated_ = true;
    child_->terminate();
    patience_.start(grace_after_terminate);
  }

  void ended(const ChildEnd& end) {
    patience_.stop();
    const auto on_end = std::move(events_.on_end);
    on_end(reason_of(end));  // may destroy this
  }

  [[nodiscard]] Failure reason_of(const ChildEnd& end) const {
    if (is_flooded_) return flooded_by_server(id_);
    if (is_mute_) return with_errors(server_failure(id_, " has closed its output"));
    Failure failure = server_failure(id_, " has ended");
    if (end.signal != 0) {
      failure.message += " by signal " + std::to_string(end.signal);
    } else {
      failure.message += " with exit code " + std::to_string(end.exit_code);
      failure.context.set("exit_code", end.exit_code);
    }
    return with_errors(std::move(failure));
  }

  [[nodiscard]] Failure with_errors(Failure failure) const {
    if (!errors_.empty()) failure.context.set("stderr", errors_.last_lines(lines_of_error));
    return failure;
  }

  std::string id_;
  TransportEvents events_;
  Timer patience_;
  LineReader lines_{largest_message};
  CapturedLog errors_;
  bool is_closing_ = false;
  bool is_mute_ = false;
  bool is_terminated_ = false;
  bool is_flooded_ = false;
  std::unique_ptr<ChildProcess> child_;
};

}  // namespace

core::Result<std::unique_ptr<Transport>, Failure> start_stdio_transport(EventLoop& loop,
                                                                        const McpServer& server,
                                                                        TransportEvents events) {
  auto transport = std::make_unique<StdioTransport>(loop, server.id, std::move(events));
  GOFLOW_TRY(transport->start(loop, server));
  return std::unique_ptr<Transport>(std::move(transport));
}

}  // namespace goflow::engine
