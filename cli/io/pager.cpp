#include "cli/io/pager.hpp"

#include "cli/io/output.hpp"
#include "cli/io/width.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

extern char** environ;

namespace goflow::cli {
namespace {

constexpr int not_started = 126;  // what a shell says, and everything above

/// The pager owns the keyboard: Ctrl-C is for it, and its end closes our pipe.
class SignalsLeftToPager {
 public:
  SignalsLeftToPager() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    for (std::size_t i = 0; i < signals.size(); ++i) {
      sigaction(signals.at(i), &ignore, &before_.at(i));
    }
  }
  ~SignalsLeftToPager() {
    for (std::size_t i = 0; i < signals.size(); ++i) {
      sigaction(signals.at(i), &before_.at(i), nullptr);
    }
  }
  SignalsLeftToPager(const SignalsLeftToPager&) = delete;
  SignalsLeftToPager& operator=(const SignalsLeftToPager&) = delete;

  static constexpr std::array<int, 3> signals{SIGINT, SIGQUIT, SIGPIPE};

 private:
  std::array<struct sigaction, signals.size()> before_{};
};

/// A pager that reads from a pipe of ours.
class PagerProcess {
 public:
  explicit PagerProcess(const std::string& command) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return;
    pipe_ = ends[1];
    if (!spawn(command, ends[0])) process_ = 0;
    close(ends[0]);
  }
  ~PagerProcess() {
    if (pipe_ >= 0) close(pipe_);
  }
  PagerProcess(const PagerProcess&) = delete;
  PagerProcess& operator=(const PagerProcess&) = delete;

  [[nodiscard]] bool is_running() const { return process_ > 0; }
  void write(std::string_view text) const {
    Output output(pipe_);
    output.write(text);
  }
  /// False: there was no such command.
  bool wait_for_end() {
    close(pipe_);
    pipe_ = -1;
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    return !(WIFEXITED(status) && WEXITSTATUS(status) >= not_started);
  }

 private:
  bool spawn(const std::string& command, int input) {
    // F: a short text needs no key; R: colours; X: the text stays on the screen.
    std::string script = ": \"${LESS=FRX}\"; export LESS; " + command;
    std::string shell = "sh";
    std::string option = "-c";
    std::array<char*, 4> arguments{shell.data(), option.data(), script.data(), nullptr};

    sigset_t to_default;
    sigemptyset(&to_default);
    for (const int number : SignalsLeftToPager::signals) {
      sigaddset(&to_default, number);
    }
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &to_default);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    const int failed =
        posix_spawn(&process_, "/bin/sh", &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failed == 0;
  }

  pid_t process_ = 0;
  int pipe_ = -1;
};

std::optional<std::string> pager_command(const Environment& environment) {
  for (const char* name : {"GOFLOW_PAGER", "PAGER"}) {
    auto command = environment(name);
    if (!command) continue;
    if (command->empty() || *command == "cat") return std::nullopt;
    return command;
  }
  return "less -FRX";
}

bool is_longer_than_screen(std::string_view text, TerminalSize size) {
  std::size_t rows = 0;
  while (!text.empty() && rows < size.rows) {
    const std::string_view line = text.substr(0, text.find('\n'));
    rows += std::max<std::size_t>(1, (display_width(line) + size.columns - 1) / size.columns);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return rows >= size.rows;
}

/// False: the text was not shown.
bool show_in_pager(const std::string& command, std::string_view text) {
  const SignalsLeftToPager signals;
  PagerProcess pager(command);
  if (!pager.is_running()) return false;
  pager.write(text);
  return pager.wait_for_end();
}

}  // namespace

void show_text(Terminal& terminal,
               const Environment& environment,
               std::string_view text,
               Paging paging) {
  Output& out = terminal.out();
  const bool pages = paging == Paging::allowed && out.is_terminal() &&
                     is_longer_than_screen(text, terminal.size());
  const auto command = pages ? pager_command(environment) : std::nullopt;
  out.flush();
  if (!command || !show_in_pager(*command, text)) out.write(text);
}

}  // namespace goflow::cli
