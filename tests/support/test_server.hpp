// A web server, written in Python, that runs beside a test.
#pragma once

#include <string>

namespace goflow::test {

/// Ends with this object, or with the process that made it.
class TestServer {
 public:
  /// http_server.py
  TestServer();
  /// A script that prints its port, and serves until its input ends.
  explicit TestServer(const std::string& script);
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  /// "http://127.0.0.1:43210" and the path.
  [[nodiscard]] std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + port_ + path;
  }
  /// The same server under another name.
  [[nodiscard]] std::string other_url(const std::string& path) const {
    return "http://localhost:" + port_ + path;
  }

 private:
  int input_ = -1;  // it serves until this is closed
  int process_ = -1;
  std::string port_;
};

}  // namespace goflow::test
