#include "engine/mcp/sse_transport.hpp"

#include "engine/mcp/event_stream.hpp"
#include "engine/mcp/http_posts.hpp"
#include "engine/mcp/mailbox.hpp"
#include "engine/mcp/server_failure.hpp"

#include <chrono>
#include <deque>
#include <utility>

namespace goflow::engine {
namespace {

using core::Value;

/// "https://api.example.test:8443"
std::string origin_of(const std::string& url) {
  return url.substr(0, url.find("://")) + "://" + authority_of(url);
}

class SseTransport final : public Transport {
 public:
  SseTransport(EventLoop& loop, const McpServer& server, TransportEvents events)
      : loop_(loop),
        id_(server.id),
        address_(server.request),
        mailbox_(loop, std::move(events)),
        post_soon_(loop, [this] { post_next(); }) {}

  void listen() {
    HttpRequest request = address_;
    request.headers.push_back({"Accept", "text/event-stream"});
    auto transfer = HttpTransfer::start(
        loop_,
        std::move(request),
        largest_message,
        [this](auto response) { fell_silent(std::move(response)); },
        [this](const HttpResponse& head, std::string_view bytes) { return heard(head, bytes); });
    if (transfer) {
      listening_ = *std::move(transfer);
    } else {
      mailbox_.end(no_way_to_server(id_, transfer.error()));
    }
  }

  void send(const Value& message) override {
    waiting_.emplace_back(message);
    post_next();
  }

  void close() override {
    waiting_.clear();
    posting_.reset();
    listening_.reset();
    mailbox_.end(server_failure(id_, " has ended"));
  }

  [[nodiscard]] std::optional<std::int64_t> process_group() const override { return std::nullopt; }

 private:
  bool heard(const HttpResponse& head, std::string_view bytes) {
    if (!is_success(head) || !is_event_stream(head)) return false;
    stream_.append(bytes);
    while (auto event = stream_.next()) {
      if (event->type == "endpoint") {
        learn_endpoint(event->data);
      } else {
        mailbox_.message(std::move(event->data));
      }
    }
    if (stream_.is_overfull()) mailbox_.end(flooded_by_server(id_));
    return true;
  }

  // Elsewhere the headers, and the credentials among them, are nobody's business.
  void learn_endpoint(const std::string& reference) {
    const auto url = resolved_url(loop_, address_.url, reference);
    if (!url || origin_of(*url) != origin_of(address_.url)) {
      return mailbox_.end(server_failure(id_, " wants messages at '" + reference + "'"));
    }
    endpoint_ = *url;
    post_soon_.start(std::chrono::milliseconds{0});
  }

  /// One after another: the connections on which they come may not keep their order.
  void post_next() {
    if (endpoint_.empty() || posting_ != nullptr || waiting_.empty()) return;
    Post post = std::move(waiting_.front());
    waiting_.pop_front();
    HttpRequest request = post_to(address_, std::move(post.body));
    request.url = endpoint_;
    auto transfer = HttpTransfer::start(
        loop_, std::move(request), largest_message, [this, to = post.request](auto response) {
          posted(to, std::move(response));
        });
    if (transfer) {
      posting_ = *std::move(transfer);
    } else {
      mailbox_.end(no_way_to_server(id_, transfer.error()));
    }
  }

  void posted(std::optional<std::int64_t> request, core::Result<HttpResponse, HttpFault> response) {
    posting_.reset();
    if (request && !response) {
      mailbox_.unanswered(*request, unreachable_server(id_, response.error()));
    } else if (request && !is_success(*response)) {
      mailbox_.unanswered(*request, refused_by_server(id_, *response));
    }
    post_next();
  }

  void fell_silent(core::Result<HttpResponse, HttpFault> response) {
    if (!response) return mailbox_.end(unreachable_server(id_, response.error()));
    if (!is_success(*response)) return mailbox_.end(refused_by_server(id_, *response));
    const bool is_stream = is_event_stream(*response);
    mailbox_.end(
        server_failure(id_, is_stream ? " has ended" : " answers with no stream of events"));
  }

  EventLoop& loop_;
  std::string id_;
  HttpRequest address_;
  Mailbox mailbox_;
  Timer post_soon_;
  EventStream stream_{largest_message};
  std::string endpoint_;  // empty: not told yet
  std::deque<Post> waiting_;
  std::unique_ptr<HttpTransfer> posting_;
  std::unique_ptr<HttpTransfer> listening_;
};

}  // namespace

std::unique_ptr<Transport> make_sse_transport(EventLoop& loop,
                                              const McpServer& server,
                                              TransportEvents events) {
  auto transport = std::make_unique<SseTransport>(loop, server, std::move(events));
  transport->listen();
  return transport;
}

}  // namespace goflow::engine
