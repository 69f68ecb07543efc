// Runs a function in a process of its own on a terminal of its own, as a shell would, so that a
// test can be the person who sits there.
#pragma once

#include <doctest/doctest.h>

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <functional>
#include <string>

namespace goflow::test {

class PtySession {
 public:
  /// What `job` returns is told by result(), when it has ended.
  explicit PtySession(const std::function<std::string()>& job) {
    REQUIRE(pipe(result_.data()) == 0);
    REQUIRE(pipe(go_on_.data()) == 0);
    // What is not written yet would be written twice.
    std::fflush(nullptr);
    // The terminal goes away with the session's leader; only a job of its own can be stopped.
    leader_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
    REQUIRE(leader_ >= 0);
    if (leader_ == 0) lead(job);
    close(result_[1]);
    close(go_on_[0]);
  }
  ~PtySession() {
    close(go_on_[1]);
    kill(leader_, SIGKILL);
    waitpid(leader_, nullptr, 0);
    close(terminal_);
    close(result_[0]);
  }
  PtySession(const PtySession&) = delete;
  PtySession& operator=(const PtySession&) = delete;

  /// Everything shown since the last call, up to where `text` is shown.
  std::string shown_until(const std::string& text) {
    std::string shown;
    while (shown.find(text) == std::string::npos) {
      const std::string more = read_from(terminal_);
      REQUIRE_MESSAGE(!more.empty(), "waited for '" << text << "', shown was: " << shown);
      shown += more;
    }
    return shown;
  }
  void type(const std::string& keys) {
    REQUIRE(write(terminal_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  }
  [[nodiscard]] bool shows_what_is_typed() const {
    termios attributes{};
    REQUIRE(tcgetattr(terminal_, &attributes) == 0);
    return (attributes.c_lflag & ECHO) != 0;
  }
  /// What the job returned, "stopped" each time it is stopped, "signal 15" when one ended it.
  std::string result() { return read_from(result_[0]); }
  void go_on() { REQUIRE(write(go_on_[1], "g", 1) == 1); }

 private:
  static constexpr int patience_ms = 30'000;

  /// Empty: nothing came, or nothing will.
  static std::string read_from(int descriptor) {
    pollfd readable{descriptor, POLLIN, 0};
    if (poll(&readable, 1, patience_ms) <= 0) return {};
    std::array<char, 4096> bytes{};
    const ssize_t got = read(descriptor, bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(got > 0 ? got : 0)};
  }

  void tell(const std::string& result) const {
    if (write(result_[1], result.data(), result.size()) < 0) _exit(1);
  }

  /// What a shell does with a job in the foreground.
  [[noreturn]] void lead(const std::function<std::string()>& job) {
    std::signal(SIGTTOU, SIG_IGN);
    const pid_t child = fork();
    if (child == 0) {
      setpgid(0, 0);
      tcsetpgrp(STDIN_FILENO, getpid());
      std::signal(SIGTTOU, SIG_DFL);
      tell(job());
      _exit(0);
    }
    setpgid(child, child);
    int status = 0;
    while (waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status)) {
      tcsetpgrp(STDIN_FILENO, getpid());
      tell("stopped");
      char key = 0;
      if (read(go_on_[0], &key, 1) != 1) _exit(1);
      tcsetpgrp(STDIN_FILENO, child);
      kill(-child, SIGCONT);
    }
    if (WIFSIGNALED(status)) tell("signal " + std::to_string(WTERMSIG(status)));
    // The terminal stays for the test to look at.
    for (;;) {
      pause();
    }
  }

  std::array<int, 2> result_{};
  std::array<int, 2> go_on_{};
  int terminal_ = -1;
  pid_t leader_ = -1;
};

}  // namespace goflow::test
