// All HTTP transfers of an event loop: libcurl speaks, libuv waits, and none needs a thread.
#pragma once

#include "core/base/result.hpp"
#include "engine/loop/curl_library.hpp"
#include "engine/loop/timer.hpp"

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace goflow::engine {

class EventLoop;

/// For http_transfer.cpp; connections are kept and used again.
class HttpTransfers {
 public:
  explicit HttpTransfers(EventLoop& loop);
  ~HttpTransfers();
  HttpTransfers(const HttpTransfers&) = delete;
  HttpTransfers& operator=(const HttpTransfers&) = delete;

  /// libcurl, loaded at the first call.
  core::Result<const CurlLibrary*> library();

  /// After library(). `on_end` is called once, on the loop, and may destroy the transfer.
  void add(CURL* transfer, std::function<void(CURLcode)> on_end);
  /// Nothing is heard of it any more.
  void remove(CURL* transfer);

 private:
  class Socket;

  void watch(curl_socket_t descriptor, int what, Socket* known);
  void set_alarm(long milliseconds);
  void act(curl_socket_t descriptor, int events);
  void tell_ended();

  EventLoop& loop_;
  const CurlLibrary* curl_ = nullptr;
  CURLM* multi_ = nullptr;
  Timer alarm_;
  std::unordered_map<CURL*, std::function<void(CURLcode)>> transfers_;
  std::unordered_map<curl_socket_t, std::unique_ptr<Socket>> sockets_;
};

}  // namespace goflow::engine
