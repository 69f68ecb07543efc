// A real S3 server on loopback, running beside a test.
#pragma once

#include "core/claimcheck/blob_key.hpp"
#include "storage/blobs/s3_client.hpp"
#include "tests/support/temp_dir.hpp"

#include <sys/types.h>

#include <set>
#include <string>

namespace goflow::test {

enum class Scheme { http, https };

/// Has one bucket, "bucket". Ends with this object, or with the process that made it.
class S3Server {
 public:
  explicit S3Server(Scheme scheme = Scheme::http);
  ~S3Server() { stop(); }
  S3Server(const S3Server&) = delete;
  S3Server& operator=(const S3Server&) = delete;

  /// "http://127.0.0.1:43210"
  [[nodiscard]] std::string endpoint() const;
  /// How its only user reaches it.
  [[nodiscard]] storage::S3Service service() const;
  /// File of the certificate that it shows.
  [[nodiscard]] std::string certificate() const { return folder_.path() + "/certificate.pem"; }

  /// An order of s3_server.js, and what it answers.
  std::string tell(const std::string& order);
  /// Lays empty objects into its bucket without asking it.
  void lay_objects(const std::string& prefix, const std::set<core::BlobKey>& keys) const;

  void stop();
  /// The same objects on the same port.
  void start();

 private:
  TempDir folder_;
  Scheme scheme_;
  std::string port_ = "0";
  int orders_ = -1;
  int answers_ = -1;
  pid_t process_ = -1;
};

/// The one that all tests share which leave it as it was.
S3Server& shared_s3_server();

}  // namespace goflow::test
