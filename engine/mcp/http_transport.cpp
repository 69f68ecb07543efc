#include "engine/mcp/http_transport.hpp"

#include "core/value/json.hpp"
#include "engine/mcp/event_stream.hpp"
#include "engine/mcp/http_posts.hpp"
#include "engine/mcp/mailbox.hpp"
#include "engine/mcp/server_failure.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <list>
#include <utility>

namespace goflow::engine {
namespace {

using core::Failure;
using core::Value;

/// For the server to take note that calls, and the session, are over.
constexpr std::chrono::milliseconds grace_for_goodbye{1000};

class HttpTransport final : public Transport {
 public:
  HttpTransport(EventLoop& loop, const McpServer& server, TransportEvents events)
      : loop_(loop),
        id_(server.id),
        address_(server.request),
        mailbox_(loop, std::move(events)),
        patience_(loop, [this] { mailbox_.end(server_failure(id_, " has ended")); }) {}

  void send(const Value& message) override {
    waiting_.emplace_back(message);
    if (const auto cancelled = waiting_.back().cancelled) hang_up(*cancelled);
    post_waiting();
  }

  void set_version(const std::string& version) override {
    address_.headers.push_back({"MCP-Protocol-Version", version});
  }

  void close() override {
    if (is_closing_) return;
    is_closing_ = true;
    patience_.start(grace_for_goodbye);
    std::erase_if(waiting_, [](const Post& post) { return post.request.has_value(); });
    under_way_.remove_if([](const Exchange& exchange) { return exchange.post.request; });
    post_waiting();
    take_leave();
  }

  [[nodiscard]] std::optional<std::int64_t> process_group() const override { return std::nullopt; }

 private:
  struct Exchange {
    Post post;
    EventStream stream{largest_message};
    std::unique_ptr<HttpTransfer> transfer = nullptr;
  };
  using Exchanges = std::list<Exchange>;

  /// Else the server would keep the connection until it has an answer.
  void hang_up(std::int64_t request) {
    under_way_.remove_if(
        [request](const Exchange& exchange) { return exchange.post.request == request; });
  }

  void post_waiting() {
    const auto holds = [](const Exchange& exchange) { return exchange.post.holds_others; };
    while (!waiting_.empty() && std::none_of(under_way_.begin(), under_way_.end(), holds)) {
      Post next = std::move(waiting_.front());
      waiting_.pop_front();
      post(std::move(next));
    }
  }

  void post(Post post) {
    const auto exchange = under_way_.insert(under_way_.end(), Exchange{std::move(post)});
    auto transfer = HttpTransfer::start(
        loop_,
        post_to(address_, std::move(exchange->post.body)),
        largest_message,
        [this, exchange](auto response) { ended(exchange, std::move(response)); },
        [this, exchange](const HttpResponse& head, std::string_view bytes) {
          return heard(*exchange, head, bytes);
        });
    if (transfer) {
      exchange->transfer = *std::move(transfer);
      return;
    }
    under_way_.erase(exchange);
    mailbox_.end(no_way_to_server(id_, transfer.error()));
  }

  bool heard(Exchange& exchange, const HttpResponse& head, std::string_view bytes) {
    if (!is_success(head) || !is_event_stream(head)) return false;
    keep_session(head);
    exchange.stream.append(bytes);
    while (auto event = exchange.stream.next()) {
      mailbox_.message(std::move(event->data));
      // Some servers leave the stream open after the answer.
      exchange.post.holds_others = false;
    }
    if (exchange.stream.is_overfull()) mailbox_.end(flooded_by_server(id_));
    return true;
  }

  void ended(Exchanges::iterator exchange, core::Result<HttpResponse, HttpFault> response) {
    const std::optional<std::int64_t> request = exchange->post.request;
    under_way_.erase(exchange);
    const Failure none =
        response ? understand(*response) : unreachable_server(id_, response.error());
    if (request) mailbox_.unanswered(*request, none);
    post_waiting();
    if (is_closing_) take_leave();
  }

  /// What there is to say if the answer was not among it.
  Failure understand(const HttpResponse& response) {
    keep_session(response);
    tell(response.body);
    if (is_success(response)) {
      return server_failure(id_, " has not answered");
    }
    constexpr int not_found = 404;
    if (response.status == not_found && has_session_) {
      mailbox_.end(server_failure(id_, " has forgotten the session"));
    }
    return refused_by_server(id_, response);
  }

  void keep_session(const HttpResponse& response) {
    const std::string* session = header_of(response, "mcp-session-id");
    if (session == nullptr || std::exchange(has_session_, true)) return;
    address_.headers.push_back({"Mcp-Session-Id", *session});
  }

  /// Older servers tell several messages at once.
  void tell(const std::string& body) {
    const auto messages = body.starts_with('[') ? core::parse_json(body) : Value();
    if (!messages || !messages->is_array()) return mailbox_.message(body);
    for (const Value& message : messages->as_array()) {
      mailbox_.message(core::to_json(message));
    }
  }

  /// Once the server has heard which calls nobody waits for any more.
  void take_leave() {
    if (!under_way_.empty() || !waiting_.empty()) return;
    if (!has_session_ || !say_goodbye()) mailbox_.end(server_failure(id_, " has ended"));
  }

  bool say_goodbye() {
    HttpRequest goodbye = address_;
    goodbye.method = "DELETE";
    auto transfer =
        HttpTransfer::start(loop_, std::move(goodbye), largest_message, [this](const auto&) {
          mailbox_.end(server_failure(id_, " has ended"));
        });
    if (transfer) goodbye_ = *std::move(transfer);
    return transfer.ok();
  }

  EventLoop& loop_;
  std::string id_;
  HttpRequest address_;
  Mailbox mailbox_;
  Timer patience_;
  std::deque<Post> waiting_;
  Exchanges under_way_;
  bool has_session_ = false;
  bool is_closing_ = false;
  std::unique_ptr<HttpTransfer> goodbye_;
};

}  // namespace

std::unique_ptr<Transport> make_http_transport(EventLoop& loop,
                                               const McpServer& server,
                                               TransportEvents events) {
  return std::make_unique<HttpTransport>(loop, server, std::move(events));
}

}  // namespace goflow::engine
