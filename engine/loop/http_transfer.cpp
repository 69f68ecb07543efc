#include "engine/loop/http_transfer.hpp"

#include "engine/loop/http_transfers.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <string_view>

namespace goflow::engine {
namespace {

using Kind = HttpFault::Kind;

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](unsigned char character) {
    return static_cast<char>(std::tolower(character));
  });
  return lowered;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// "Couldn't connect" → "couldn't connect", but "SSL certificate" as it is.
std::string as_detail(std::string_view text) {
  std::string detail(trimmed(text));
  if (detail.size() > 1 && std::islower(static_cast<unsigned char>(detail[1])) != 0) {
    detail[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(detail[0])));
  }
  return detail;
}

class RunningTransfer final : public HttpTransfer {
 public:
  RunningTransfer(HttpTransfers& transfers,
                  const CurlLibrary& curl,
                  HttpRequest request,
                  std::size_t largest_body,
                  Ended on_end,
                  Heard on_body)
      : transfers_(transfers),
        curl_(curl),
        request_(std::move(request)),
        largest_body_(largest_body),
        on_end_(std::move(on_end)),
        on_body_(std::move(on_body)),
        easy_(curl.easy_init()) {}

  ~RunningTransfer() override {
    transfers_.remove(easy_);
    curl_.easy_cleanup(easy_);
    curl_.slist_free_all(headers_);
    if (file_ != nullptr) std::fclose(file_);
  }
  RunningTransfer(const RunningTransfer&) = delete;
  RunningTransfer& operator=(const RunningTransfer&) = delete;

  void start() {
    set_address();
    set_headers();
    set_content();
    set_callbacks();
    transfers_.add(easy_, [this](CURLcode code) { ended(code); });
  }

 private:
  template <class Setting>
  void set(CURLoption option, Setting setting) {
    curl_.easy_setopt(easy_, option, setting);
  }

  void set_address() {
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    // An empty text instead of none: the environment of the process has no say here.
    set(CURLOPT_PROXY, request_.proxy.c_str());
    set(CURLOPT_NOPROXY, request_.proxy_exceptions.c_str());
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!request_.certificates.empty()) set(CURLOPT_CAINFO, request_.certificates.c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, reason_.data());
  }

  void set_headers() {
    // libcurl would wait a second for the consent of servers that do not know how to give it.
    add_header("Expect:");
    for (const HttpHeader& header : request_.headers) {
      if (!header.value) {
        add_header(header.name + ":");
      } else if (header.value->empty()) {
        add_header(header.name + ";");
      } else {
        add_header(header.name + ": " + *header.value);
      }
    }
    set(CURLOPT_HTTPHEADER, headers_);
  }

  void add_header(const std::string& line) {
    headers_ = curl_.slist_append(headers_, line.c_str());
  }

  void set_content() {
    if (request_.body_file) {
      set_file();
    } else if (request_.body || expects_body()) {
      const std::string& body = request_.body ? *request_.body : no_body_;
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
      set(CURLOPT_POSTFIELDS, body.c_str());
    } else if (request_.method == "HEAD") {
      set(CURLOPT_NOBODY, 1L);
    }
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }

  /// A server may refuse these when they do not say that there is nothing.
  [[nodiscard]] bool expects_body() const {
    return request_.method == "POST" || request_.method == "PUT" || request_.method == "PATCH";
  }

  void set_file() {
    file_ = std::fopen(request_.body_file->c_str(), "rbe");
    set(CURLOPT_UPLOAD, 1L);
    if (file_ != nullptr) {
      std::fseek(file_, 0, SEEK_END);
      set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(std::ftell(file_)));
      std::rewind(file_);
    }
    curl_read_callback read = [](char* place, std::size_t size, std::size_t count, void* self) {
      std::FILE* file = static_cast<RunningTransfer*>(self)->file_;
      if (file == nullptr || std::ferror(file) != 0) return std::size_t{CURL_READFUNC_ABORT};
      return std::fread(place, size, count, file);
    };
    curl_seek_callback seek = [](void* self, curl_off_t offset, int origin) {
      std::FILE* file = static_cast<RunningTransfer*>(self)->file_;
      const bool done = file != nullptr && std::fseek(file, static_cast<long>(offset), origin) == 0;
      return done ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
    };
    set(CURLOPT_READFUNCTION, read);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_SEEKFUNCTION, seek);
    set(CURLOPT_SEEKDATA, this);
  }

  void set_callbacks() {
    curl_write_callback header = [](char* bytes, std::size_t size, std::size_t count, void* self) {
      static_cast<RunningTransfer*>(self)->heard_header({bytes, size * count});
      return size * count;
    };
    curl_write_callback body = [](char* bytes, std::size_t size, std::size_t count, void* self) {
      const bool kept = static_cast<RunningTransfer*>(self)->heard_body({bytes, size * count});
      return kept ? size * count : 0;
    };
    set(CURLOPT_HEADERFUNCTION, header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(largest_body_));
  }

  void heard_header(std::string_view line) {
    // What came before was an interim response.
    if (line.substr(0, 5) == "HTTP/") return response_.headers.clear();
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    response_.headers.push_back(
        {lower(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
  }

  bool heard_body(std::string_view bytes) {
    if (on_body_) {
      response_.status = status();
      if (on_body_(response_, bytes)) return true;
    }
    is_too_large_ = response_.body.size() + bytes.size() > largest_body_;
    if (!is_too_large_) response_.body += bytes;
    return !is_too_large_;
  }

  void ended(CURLcode code) {
    const auto on_end = std::move(on_end_);
    if (code != CURLE_OK) return on_end(fault_of(code));  // may destroy this
    response_.status = status();
    const char* redirect = nullptr;
    curl_.easy_getinfo(easy_, CURLINFO_REDIRECT_URL, &redirect);
    if (redirect != nullptr) response_.redirect_url = redirect;
    HttpResponse response = std::move(response_);
    on_end(std::move(response));  // likewise
  }

  [[nodiscard]] int status() const {
    long status = 0;
    curl_.easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
  }

  [[nodiscard]] HttpFault fault_of(CURLcode code) const {
    const std::string host = "'" + authority_of(request_.url) + "'";
    const std::string detail =
        as_detail(reason_[0] != '\0' ? reason_.data() : curl_.easy_strerror(code));
    if (is_too_large_ || code == CURLE_FILESIZE_EXCEEDED) {
      return {Kind::too_large, "the response of " + host + " is too large for a value"};
    }
    switch (code) {
      case CURLE_URL_MALFORMAT:
        return {Kind::request, "bad url: " + detail};
      case CURLE_UNSUPPORTED_PROTOCOL:
        // The same code stands for an answer without a status line, which HTTP/0.9 would have been.
        if (was_asked()) return {Kind::connection, "the answer of " + host + " is not HTTP"};
        return {Kind::request, "bad url: " + detail};
      case CURLE_WEIRD_SERVER_REPLY:
        return {Kind::connection, "the answer of " + host + " is not HTTP"};
      case CURLE_ABORTED_BY_CALLBACK:
      case CURLE_READ_ERROR:
        return {Kind::request, "cannot read the file to be sent"};
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
      case CURLE_COULDNT_CONNECT:
        return {Kind::connection, "cannot reach " + host + ": " + detail};
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CACERT_BADFILE:
        return {Kind::connection, "the certificate of " + host + " is not trusted: " + detail};
      default:
        return {Kind::connection, "the connection to " + host + " failed: " + detail};
    }
  }

  [[nodiscard]] bool was_asked() const {
    long bytes = 0;
    curl_.easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &bytes);
    return bytes > 0;
  }

  HttpTransfers& transfers_;
  const CurlLibrary& curl_;
  const HttpRequest request_;
  const std::string no_body_;
  const std::size_t largest_body_;
  Ended on_end_;
  Heard on_body_;
  CURL* easy_;
  curl_slist* headers_ = nullptr;
  std::FILE* file_ = nullptr;
  std::array<char, CURL_ERROR_SIZE> reason_{};
  HttpResponse response_;
  bool is_too_large_ = false;
};

}  // namespace

core::Result<std::unique_ptr<HttpTransfer>> HttpTransfer::start(
    EventLoop& loop, HttpRequest request, std::size_t largest_body, Ended on_end, Heard on_body) {
  HttpTransfers& transfers = loop.transfers();
  GOFLOW_TRY(const CurlLibrary* curl, transfers.library());
  auto transfer = std::make_unique<RunningTransfer>(
      transfers, *curl, std::move(request), largest_body, std::move(on_end), std::move(on_body));
  transfer->start();
  return std::unique_ptr<HttpTransfer>(std::move(transfer));
}

std::optional<std::string> resolved_url(EventLoop& loop,
                                        const std::string& base,
                                        const std::string& reference) {
  const auto library = loop.transfers().library();
  if (!library) return std::nullopt;
  const CurlLibrary& curl = **library;
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl.url(), curl.url_cleanup);
  char* whole = nullptr;
  const bool is_resolved =
      curl.url_set(url.get(), CURLUPART_URL, base.c_str(), 0) == CURLUE_OK &&
      curl.url_set(url.get(), CURLUPART_URL, reference.c_str(), 0) == CURLUE_OK &&
      curl.url_get(url.get(), CURLUPART_URL, &whole, 0) == CURLUE_OK;
  if (!is_resolved) return std::nullopt;
  const std::unique_ptr<char, void (*)(void*)> owner(whole, curl.free);
  return std::string(whole);
}

std::string authority_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::string authority = url.substr(begin, end - begin);
  const std::size_t at = authority.rfind('@');
  return at == std::string::npos ? authority : authority.substr(at + 1);
}

}  // namespace goflow::engine
