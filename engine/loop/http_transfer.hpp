// One HTTP request and the response to it, on the loop.
#pragma once

#include "core/base/result.hpp"
#include "engine/loop/event_loop.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::engine {

struct HttpHeader {
  std::string name;
  // nullopt, of a request: not even what libcurl would send on its own.
  std::optional<std::string> value;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<HttpHeader> headers = {};
  // At most one of them.
  std::optional<std::string> body = std::nullopt;
  std::optional<std::string> body_file = std::nullopt;  // path of a regular file
  std::string proxy = {};                               // empty: none
  std::string proxy_exceptions = {};                    // hosts, as in NO_PROXY
  std::string certificates = {};  // file of those trusted; empty: the system's
};

struct HttpResponse {
  int status = 0;
  std::vector<HttpHeader> headers = {};  // as they came, the names in lower case
  std::string body = {};
  std::string redirect_url = {};  // where its Location leads, in full; empty: nowhere
};

/// Why there is no response.
struct HttpFault {
  enum class Kind {
    request,     // it cannot be sent like this
    connection,  // no host, no connection, no trust, or the connection was lost
    too_large,   // the body is larger than allowed
  };
  Kind kind = Kind::connection;
  std::string message;
};

/// Certificates are always verified, redirects never followed. Destroying a transfer ends it at
/// once and silently.
class HttpTransfer {
 public:
  /// Called once, on the loop; may destroy the transfer.
  using Ended = std::function<void(core::Result<HttpResponse, HttpFault>)>;
  /// Hears a part of the body as it comes, with the status and the headers, and says whether that
  /// was enough: else it is kept for `on_end`. Must not destroy the transfer.
  using Heard = std::function<bool(const HttpResponse& head, std::string_view bytes)>;

  /// An Error: HTTP cannot be spoken here, because libcurl is missing.
  static core::Result<std::unique_ptr<HttpTransfer>> start(EventLoop& loop,
                                                           HttpRequest request,
                                                           std::size_t largest_body,
                                                           Ended on_end,
                                                           Heard on_body = {});
  virtual ~HttpTransfer() = default;
};

/// Where `reference`, "/messages?id=1", leads from `base`. nullopt: nowhere, or libcurl is missing.
std::optional<std::string> resolved_url(EventLoop& loop,
                                        const std::string& base,
                                        const std::string& reference);

/// "api.example.test:8443": whom a request goes to, without user and password.
std::string authority_of(const std::string& url);

}  // namespace goflow::engine
