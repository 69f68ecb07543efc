// Requests to an S3 service over libcurl, which signs them, and the answers as they come.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/claimcheck/byte_stream.hpp"
#include "core/secret/secret.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace goflow::storage {

/// How long is too long.
struct S3Patience {
  std::chrono::milliseconds connect{5'000};
  // For less than a KiB in every second of it. Time in which nobody reads does not count.
  std::chrono::milliseconds trickle{30'000};
};

struct S3Service {
  std::string endpoint;  // "https://host:port", without a path
  std::string region = "auto";
  core::Secret access_key_id;
  core::Secret secret_access_key;
  std::string proxy = {};             // empty: none
  std::string proxy_exceptions = {};  // hosts, as in NO_PROXY
  std::string certificates = {};      // file of those trusted; empty: the system's
  S3Patience patience = S3Patience();
};

struct S3Request {
  std::string method = "GET";
  std::string path;                       // "/bucket/key", as it is to be sent
  std::string query = {};                 // canonical; empty: none
  std::vector<std::string> headers = {};  // "content-type: text/plain"
  core::ByteSource* body = nullptr;       // read from its front; outlives the answer
  std::string body_sha256 = {};           // in hexadecimal, if there is a body
};

/// An answer whose status has come; its body comes as it is read.
class S3Answer {
 public:
  virtual ~S3Answer() = default;
  [[nodiscard]] virtual int status() const = 0;
  /// Of the body, as announced; nullopt: it was not.
  [[nodiscard]] virtual std::optional<std::uint64_t> length() const = 0;
  [[nodiscard]] virtual std::optional<core::Timestamp> modified() const = 0;
  /// Zero: it said nothing of it.
  [[nodiscard]] virtual std::chrono::seconds retry_after() const = 0;
  /// "" when there is none.
  [[nodiscard]] virtual std::string request_id() const = 0;
  /// Like ByteReader::read.
  virtual core::Result<std::size_t> read(std::span<char> buffer) = 0;
};

class CurlConnections;

/// Connections are kept and used again. Safe to use from several threads; answers may outlive it.
class S3Client {
 public:
  explicit S3Client(S3Service service);
  ~S3Client();
  S3Client(const S3Client&) = delete;
  S3Client& operator=(const S3Client&) = delete;

  /// Waits until the status is known. `unavailable` or `timed_out`: it may go well another time.
  core::Result<std::unique_ptr<S3Answer>> send(const S3Request& request);

 private:
  const S3Service service_;
  std::shared_ptr<CurlConnections> connections_;
};

}  // namespace goflow::storage
