#include "tests/support/test_server.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace goflow::test {

TestServer::TestServer() : TestServer(GOFLOW_HTTP_SERVER) {}

TestServer::TestServer(const std::string& script) {
  std::array<int, 2> to{};
  std::array<int, 2> from{};
  if (pipe(to.data()) != 0 || pipe(from.data()) != 0) std::abort();
  process_ = fork();
  if (process_ == 0) {
    dup2(to[0], STDIN_FILENO);
    dup2(from[1], STDOUT_FILENO);
    for (const int end : {to[0], to[1], from[0], from[1]})
      close(end);
    execlp("python3", "python3", "-B", script.c_str(), nullptr);
    _exit(127);
  }
  close(to[0]);
  close(from[1]);
  input_ = to[1];
  char digit = 0;
  while (read(from[0], &digit, 1) == 1 && digit != '\n')
    port_ += digit;
  close(from[0]);
}

TestServer::~TestServer() {
  close(input_);
  waitpid(process_, nullptr, 0);
}

}  // namespace goflow::test
