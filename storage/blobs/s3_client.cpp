#include "storage/blobs/s3_client.hpp"

#include "storage/blobs/curl_connections.hpp"
#include "storage/blobs/s3_answers.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <utility>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using std::chrono::milliseconds;

constexpr std::size_t most_unread = 256UL * 1024;
constexpr long transfer_buffer = 128L * 1024;
constexpr std::uint64_t least_per_second = 1024;
constexpr milliseconds longest_wait{1'000};
// Of nothing at all.
constexpr std::string_view empty_sha256 =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string authority_of(const std::string& endpoint) {
  const std::size_t scheme = endpoint.find("://");
  return scheme == std::string::npos ? endpoint : endpoint.substr(scheme + 3);
}

/// "Couldn't connect" → "couldn't connect", but "SSL certificate" as it is.
std::string as_detail(std::string text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.pop_back();
  }
  if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  return text;
}

/// Notices a transfer that hardly moves. Only time spent waiting for it counts.
class Trickle {
 public:
  explicit Trickle(milliseconds longest) : longest_(longest) {}

  void moved(std::size_t bytes) { bytes_ += bytes; }
  /// true: that is too slow.
  bool waited(milliseconds time) {
    waited_ += time;
    if (waited_ < longest_) return false;
    const auto least = least_per_second * static_cast<std::uint64_t>(longest_.count()) / 1000;
    if (bytes_ < least) return true;
    waited_ = milliseconds(0);
    bytes_ = 0;
    return false;
  }

 private:
  milliseconds longest_;
  milliseconds waited_{0};
  std::uint64_t bytes_ = 0;
};

class Transfer final : public S3Answer {
 public:
  Transfer(const CurlLibrary& curl,
           std::shared_ptr<CurlConnections> connections,
           const S3Service& service)
      : curl_(curl),
        connections_(std::move(connections)),
        handles_(connections_->take()),
        authority_(authority_of(service.endpoint)),
        trickle_(service.patience.trickle) {}

  ~Transfer() override {
    curl_.multi_remove_handle(handles_.multi, handles_.easy);
    connections_->give_back(handles_);
    curl_.slist_free_all(headers_);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  Result<void> send(const S3Service& service, const S3Request& request) {
    set_service(service);
    set_request(service, request);
    set_callbacks();
    if (request.body != nullptr) GOFLOW_TRY(set_body(*request.body));
    curl_.multi_add_handle(handles_.multi, handles_.easy);
    while (unread_.empty() && !is_done_) {
      go_on();
    }
    if (unread_.empty() && code_ != CURLE_OK) return fault();
    return {};
  }

  [[nodiscard]] int status() const override {
    return static_cast<int>(info<long>(CURLINFO_RESPONSE_CODE));
  }

  [[nodiscard]] std::optional<std::uint64_t> length() const override {
    const auto length = info<curl_off_t>(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
    return length < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(length));
  }

  [[nodiscard]] std::optional<core::Timestamp> modified() const override {
    const auto time = info<curl_off_t>(CURLINFO_FILETIME_T);
    return time < 0 ? std::nullopt : std::optional(core::Timestamp(std::chrono::seconds(time)));
  }

  [[nodiscard]] std::chrono::seconds retry_after() const override {
    return std::chrono::seconds(info<curl_off_t>(CURLINFO_RETRY_AFTER));
  }

  [[nodiscard]] std::string request_id() const override {
    curl_header* header = nullptr;
    const auto found =
        curl_.easy_header(handles_.easy, "x-amz-request-id", 0, CURLH_HEADER, -1, &header);
    return found == CURLHE_OK ? as_word(header->value) : std::string();
  }

  Result<std::size_t> read(std::span<char> buffer) override {
    while (unread_.size() == taken_ && !is_done_) {
      go_on();
    }
    const std::size_t count = std::min(buffer.size(), unread_.size() - taken_);
    if (count == 0 && !buffer.empty() && code_ != CURLE_OK) return fault();
    std::copy_n(unread_.data() + taken_, count, buffer.data());
    taken_ += count;
    return count;
  }

 private:
  template <class Setting>
  void set(CURLoption option, Setting setting) {
    curl_.easy_setopt(handles_.easy, option, setting);
  }

  template <class Value>
  [[nodiscard]] Value info(CURLINFO what) const {
    Value value{};
    curl_.easy_getinfo(handles_.easy, what, &value);
    return value;
  }

  void set_secret(CURLoption option, const core::Secret& secret) {
    std::string text(secret.expose());
    set(option, text.c_str());
    core::wipe(text);
  }

  void set_service(const S3Service& service) {
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    // An empty text instead of none: the environment of the process has no say here.
    set(CURLOPT_PROXY, service.proxy.c_str());
    set(CURLOPT_NOPROXY, service.proxy_exceptions.c_str());
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!service.certificates.empty()) set(CURLOPT_CAINFO, service.certificates.c_str());
    set(CURLOPT_AWS_SIGV4, ("aws:amz:" + service.region + ":s3").c_str());
    set_secret(CURLOPT_USERNAME, service.access_key_id);
    set_secret(CURLOPT_PASSWORD, service.secret_access_key);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(service.patience.connect.count()));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_BUFFERSIZE, transfer_buffer);
    set(CURLOPT_UPLOAD_BUFFERSIZE, transfer_buffer);
    set(CURLOPT_FILETIME, 1L);
    set(CURLOPT_ERRORBUFFER, reason_.data());
  }

  void set_request(const S3Service& service, const S3Request& request) {
    const std::string query = request.query.empty() ? "" : "?" + request.query;
    set(CURLOPT_URL, (service.endpoint + request.path + query).c_str());
    // What is signed is the path as it stands.
    set(CURLOPT_PATH_AS_IS, 1L);
    if (request.method == "HEAD") set(CURLOPT_NOBODY, 1L);
    if (request.method == "DELETE") set(CURLOPT_CUSTOMREQUEST, "DELETE");
    const std::string hash(request.body != nullptr ? request.body_sha256 : empty_sha256);
    add_header("x-amz-content-sha256: " + hash);
    for (const std::string& header : request.headers) {
      add_header(header);
    }
    set(CURLOPT_HTTPHEADER, headers_);
  }

  void add_header(const std::string& line) {
    headers_ = curl_.slist_append(headers_, line.c_str());
  }

  Result<void> set_body(core::ByteSource& body) {
    body_ = &body;
    GOFLOW_TRY(body.rewind());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_read_callback give_some =
        [](char* place, std::size_t size, std::size_t count, void* self) {
          return static_cast<Transfer*>(self)->give({place, size * count});
        };
    // A kept connection may turn out to be dead when some of the body is on its way already.
    curl_seek_callback begin_again = [](void* self, curl_off_t offset, int origin) {
      const bool is_front = offset == 0 && origin == SEEK_SET;
      const bool done = is_front && static_cast<Transfer*>(self)->body_->rewind().ok();
      return done ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_CANTSEEK;
    };
    set(CURLOPT_READFUNCTION, give_some);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_SEEKFUNCTION, begin_again);
    set(CURLOPT_SEEKDATA, this);
    return {};
  }

  std::size_t give(std::span<char> place) {
    auto count = body_->read(place);
    if (!count) {
      unreadable_ = std::move(count).error();
      return CURL_READFUNC_ABORT;
    }
    trickle_.moved(*count);
    return *count;
  }

  void set_callbacks() {
    curl_write_callback write = [](char* bytes, std::size_t size, std::size_t count, void* self) {
      return static_cast<Transfer*>(self)->take({bytes, size * count});
    };
    set(CURLOPT_WRITEFUNCTION, write);
    set(CURLOPT_WRITEDATA, this);
  }

  std::size_t take(std::string_view bytes) {
    is_paused_ = unread_.size() - taken_ >= most_unread;
    // libcurl keeps these bytes, and brings them again later.
    if (is_paused_) return CURL_WRITEFUNC_PAUSE;
    unread_.erase(0, taken_);
    taken_ = 0;
    unread_ += bytes;
    trickle_.moved(bytes.size());
    return bytes.size();
  }

  /// Does what can be done at once, or waits for something to do.
  void go_on() {
    if (is_paused_) {
      is_paused_ = false;
      curl_.easy_pause(handles_.easy, CURLPAUSE_CONT);
    }
    int running = 0;
    curl_.multi_perform(handles_.multi, &running);
    int left = 0;
    while (const CURLMsg* message = curl_.multi_info_read(handles_.multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      is_done_ = true;
      code_ = message->data.result;
    }
    if (!is_done_ && unread_.size() == taken_ && !is_paused_) wait();
  }

  void wait() {
    const auto before = std::chrono::steady_clock::now();
    curl_.multi_poll(handles_.multi, nullptr, 0, static_cast<int>(longest_wait.count()), nullptr);
    const auto time = std::chrono::steady_clock::now() - before;
    if (!trickle_.waited(std::chrono::duration_cast<milliseconds>(time))) return;
    is_done_ = true;
    code_ = CURLE_OPERATION_TIMEDOUT;
    std::strncpy(reason_.data(), "it hardly sends or takes anything", reason_.size() - 1);
  }

  [[nodiscard]] Error fault() const {
    if (unreadable_) return *unreadable_;
    const std::string service = "'" + authority_ + "'";
    const std::string detail =
        as_detail(reason_[0] != '\0' ? reason_.data() : curl_.easy_strerror(code_));
    switch (code_) {
      case CURLE_URL_MALFORMAT:
      case CURLE_UNSUPPORTED_PROTOCOL:
        return {ErrorCode::invalid_argument, "bad endpoint " + service + ": " + detail};
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
      case CURLE_COULDNT_CONNECT:
        return {ErrorCode::unavailable, "cannot reach " + service + ": " + detail};
      case CURLE_OPERATION_TIMEDOUT:
        return {ErrorCode::timed_out, service + " is too slow: " + detail};
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CACERT_BADFILE:
        return {ErrorCode::failed_precondition,
                "the certificate of " + service + " is not trusted: " + detail};
      default:
        return {ErrorCode::unavailable, "the connection to " + service + " failed: " + detail};
    }
  }

  const CurlLibrary& curl_;
  std::shared_ptr<CurlConnections> connections_;
  const CurlHandles handles_;
  const std::string authority_;
  Trickle trickle_;
  curl_slist* headers_ = nullptr;
  core::ByteSource* body_ = nullptr;
  std::optional<Error> unreadable_;  // why the body could not be sent
  std::string unread_;               // what has come, from `taken_` on
  std::size_t taken_ = 0;
  bool is_paused_ = false;
  bool is_done_ = false;
  CURLcode code_ = CURLE_OK;
  std::array<char, CURL_ERROR_SIZE> reason_{};
};

}  // namespace

S3Client::S3Client(S3Service service)
    : service_(std::move(service)), connections_(std::make_shared<CurlConnections>()) {}

S3Client::~S3Client() = default;

Result<std::unique_ptr<S3Answer>> S3Client::send(const S3Request& request) {
  GOFLOW_TRY(const CurlLibrary* curl, connections_->library());
  auto transfer = std::make_unique<Transfer>(*curl, connections_, service_);
  GOFLOW_TRY(transfer->send(service_, request));
  return std::unique_ptr<S3Answer>(std::move(transfer));
}

}  // namespace goflow::storage
