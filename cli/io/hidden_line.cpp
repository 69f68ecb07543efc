#include "cli/io/hidden_line.hpp"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::WipedBytes;

// A terminal silently drops what comes after so much of a line.
constexpr std::size_t longest_line = 4095;
constexpr int pause_in_paste_ms = 20;

volatile std::sig_atomic_t noted_signal = 0;

void note_signal(int number) {
  noted_signal = number;
}

/// Signals that would end or stop the process are noted while this lives, and only while wait_for()
/// waits: none can come between looking and waiting.
class NotedSignals {
 public:
  NotedSignals() {
    noted_signal = 0;
    sigset_t held{};
    sigemptyset(&held);
    for (const int signal : signals) {
      sigaddset(&held, signal);
    }
    pthread_sigmask(SIG_BLOCK, &held, &mask_before_);
    struct sigaction note {};
    note.sa_handler = note_signal;
    for (std::size_t i = 0; i < signals.size(); ++i) {
      sigaction(signals.at(i), nullptr, &before_.at(i));
      if (before_.at(i).sa_handler != SIG_IGN) sigaction(signals.at(i), &note, nullptr);
    }
  }
  ~NotedSignals() {
    for (std::size_t i = 0; i < signals.size(); ++i) {
      sigaction(signals.at(i), &before_.at(i), nullptr);
    }
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
  }
  NotedSignals(const NotedSignals&) = delete;
  NotedSignals& operator=(const NotedSignals&) = delete;

  /// Until something can be read. False: a signal came.
  [[nodiscard]] bool wait_for(int descriptor) const {
    for (;;) {
      pollfd readable{descriptor, POLLIN, 0};
      const int ready = ppoll(&readable, 1, nullptr, &mask_before_);
      if (noted_signal != 0) return false;
      if (ready >= 0 || errno != EINTR) return true;
    }
  }

 private:
  static constexpr std::array<int, 5> signals{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};

  sigset_t mask_before_{};
  std::array<struct sigaction, signals.size()> before_{};
};

/// Drops what is typed already.
bool set_attributes(int terminal, const termios& attributes) {
  int failed = 0;
  do {
    failed = tcsetattr(terminal, TCSAFLUSH, &attributes);
  } while (failed != 0 && errno == EINTR);
  return failed == 0;
}

/// Nothing that is typed is shown while this lives; what was typed before and after is dropped.
class NoEcho {
 public:
  explicit NoEcho(int terminal) : terminal_(terminal) {
    if (tcgetattr(terminal, &before_) != 0) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL);
    hidden.c_lflag |= ICANON | ISIG;
    works_ = set_attributes(terminal, hidden);
  }
  ~NoEcho() {
    if (works_) set_attributes(terminal_, before_);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

  [[nodiscard]] bool works() const { return works_; }

 private:
  int terminal_;
  termios before_{};
  bool works_ = false;
};

void show(int terminal, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(terminal, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // what is typed counts, even when the question is not seen
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

Result<WipedBytes> read_line(int terminal) {
  WipedBytes line(longest_line + 1);
  const ssize_t got = read(terminal, line.data(), line.size());
  if (got < 0) {
    return Error{ErrorCode::unavailable,
                 "cannot read from the terminal: " + core::errno_text(errno)};
  }
  line.resize(static_cast<std::size_t>(got));
  if (!line.empty() && line.back() == '\n') line.pop_back();
  if (line.size() >= longest_line) {
    return Error{ErrorCode::invalid_argument, "what was entered is too long for a terminal"};
  }
  // What is pasted may come in pieces.
  pollfd more{terminal, POLLIN, 0};
  if (poll(&more, 1, pause_in_paste_ms) > 0) {
    return Error{ErrorCode::invalid_argument, "more than one line was entered"};
  }
  return line;
}

/// nullopt: a signal came, and was noted.
Result<std::optional<WipedBytes>> ask_once(int terminal, std::string_view question) {
  const NotedSignals signals;
  const NoEcho no_echo(terminal);
  if (!no_echo.works()) {
    return Error{ErrorCode::unavailable,
                 "the terminal cannot hide what is typed: " + core::errno_text(errno)};
  }
  show(terminal, std::string(question) + " ");
  const bool is_answered = signals.wait_for(terminal);
  show(terminal, "\n");
  if (!is_answered) return std::optional<WipedBytes>();
  GOFLOW_TRY(WipedBytes line, read_line(terminal));
  return std::optional(std::move(line));
}

}  // namespace

Result<WipedBytes> read_hidden_line(int terminal, std::string_view question) {
  for (;;) {
    GOFLOW_TRY(std::optional<WipedBytes> line, ask_once(terminal, question));
    if (line) return *std::move(line);
    if (noted_signal == SIGINT) return Error{ErrorCode::cancelled, "nothing was entered"};
    // Now that the terminal is as it was, it does to the process what it was sent for.
    std::raise(noted_signal);
  }
}

}  // namespace goflow::cli
