#include "engine/loop/http_transfers.hpp"

#include "engine/loop/event_loop.hpp"
#include "engine/loop/uv_close.hpp"

#include <cassert>
#include <chrono>
#include <utility>

namespace goflow::engine {

/// A connection of libcurl's, watched for what it wants to do next.
class HttpTransfers::Socket {
 public:
  Socket(HttpTransfers& transfers, EventLoop& loop, curl_socket_t descriptor)
      : transfers_(transfers), descriptor_(descriptor), poll_(new uv_poll_t) {
    uv_poll_init_socket(loop.native(), poll_.get(), descriptor);
    poll_->data = this;
  }

  void wait_for(int what) {
    wanted_ = ((what & CURL_POLL_IN) != 0 ? UV_READABLE : 0) |
              ((what & CURL_POLL_OUT) != 0 ? UV_WRITABLE : 0);
    watch();
  }

 private:
  void watch() {
    uv_poll_start(poll_.get(), wanted_, [](uv_poll_t* handle, int status, int happened) {
      static_cast<Socket*>(handle->data)->happened(status, happened);
    });
  }

  void happened(int status, int events) {
    if (status < 0) {
      // libcurl shall meet the error itself, when it reads or writes: only then does it know that
      // the server has dropped a connection that was kept, and takes a fresh one.
      events = wanted_;
      watch();  // libuv has stopped, and there may be more to be read before the error
    }
    const int flags = ((events & UV_READABLE) != 0 ? CURL_CSELECT_IN : 0) |
                      ((events & UV_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0);
    transfers_.act(descriptor_, flags);  // may destroy this
  }

  HttpTransfers& transfers_;
  curl_socket_t descriptor_;
  int wanted_ = 0;
  UvHandle<uv_poll_t> poll_;
};

HttpTransfers::HttpTransfers(EventLoop& loop)
    : loop_(loop), alarm_(loop, [this] { act(CURL_SOCKET_TIMEOUT, 0); }) {}

HttpTransfers::~HttpTransfers() {
  assert(transfers_.empty());
  if (multi_ != nullptr) curl_->multi_cleanup(multi_);
}

core::Result<const CurlLibrary*> HttpTransfers::library() {
  if (multi_ != nullptr) return curl_;
  GOFLOW_TRY(curl_, curl_library());
  multi_ = curl_->multi_init();
  curl_socket_callback on_socket =
      [](CURL*, curl_socket_t descriptor, int what, void* self, void* known) {
        static_cast<HttpTransfers*>(self)->watch(descriptor, what, static_cast<Socket*>(known));
        return 0;
      };
  curl_multi_timer_callback on_timer = [](CURLM*, long milliseconds, void* self) {
    static_cast<HttpTransfers*>(self)->set_alarm(milliseconds);
    return 0;
  };
  curl_->multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_->multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_->multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_->multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  return curl_;
}

void HttpTransfers::add(CURL* transfer, std::function<void(CURLcode)> on_end) {
  transfers_.emplace(transfer, std::move(on_end));
  curl_->multi_add_handle(multi_, transfer);
}

void HttpTransfers::remove(CURL* transfer) {
  if (transfers_.erase(transfer) > 0) curl_->multi_remove_handle(multi_, transfer);
}

void HttpTransfers::watch(curl_socket_t descriptor, int what, Socket* known) {
  if (what == CURL_POLL_REMOVE) {
    curl_->multi_assign(multi_, descriptor, nullptr);
    sockets_.erase(descriptor);
    return;
  }
  if (known == nullptr) {
    auto& socket = sockets_[descriptor];
    socket = std::make_unique<Socket>(*this, loop_, descriptor);
    known = socket.get();
    curl_->multi_assign(multi_, descriptor, known);
  }
  known->wait_for(what);
}

void HttpTransfers::set_alarm(long milliseconds) {
  if (milliseconds < 0) {
    alarm_.stop();
  } else {
    alarm_.start(std::chrono::milliseconds(milliseconds));
  }
}

void HttpTransfers::act(curl_socket_t descriptor, int events) {
  int still_running = 0;
  curl_->multi_socket_action(multi_, descriptor, events, &still_running);
  tell_ended();
}

void HttpTransfers::tell_ended() {
  int left = 0;
  // Messages of transfers that were removed meanwhile are gone with them.
  while (const CURLMsg* message = curl_->multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* const transfer = message->easy_handle;
    const CURLcode code = message->data.result;
    const auto on_end = std::move(transfers_.at(transfer));
    remove(transfer);
    on_end(code);
  }
}

}  // namespace goflow::engine
