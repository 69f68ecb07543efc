#include "engine/loop/child_process.hpp"

#include "engine/loop/children.hpp"
#include "engine/loop/timer.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>

using namespace goflow::engine;
using namespace std::chrono_literals;
using goflow::test::TempDir;

namespace {

struct Outcome {
  ChildEnd end;
  std::string out;
  std::string err;
};

ChildCommand shell(const std::string& script) {
  return {{"/bin/sh", "-c", script}, {"PATH=/usr/bin:/bin"}, "/", {}};
}

/// Runs one child to its end; `on_output` may act on what has been read so far.
Outcome run(EventLoop& loop,
            ChildCommand command,
            const std::function<void(ChildProcess&, const Outcome&)>& on_output = {}) {
  Outcome outcome;
  std::unique_ptr<ChildProcess> child;
  ChildEvents events;
  events.on_output = [&](ChildStream stream, std::string_view text) {
    (stream == ChildStream::out ? outcome.out : outcome.err) += text;
    if (on_output) on_output(*child, outcome);
  };
  events.on_end = [&](const ChildEnd& end) {
    outcome.end = end;
    loop.stop();
  };
  auto started = ChildProcess::start(loop, std::move(command), std::move(events));
  REQUIRE(started.ok());
  child = *std::move(started);
  loop.run();
  return outcome;
}

Outcome run(ChildCommand command) {
  EventLoop loop;
  return run(loop, std::move(command));
}

StartFailure start_failure(ChildCommand command) {
  EventLoop loop;
  auto started = ChildProcess::start(loop, std::move(command), {});
  REQUIRE_FALSE(started.ok());
  return started.error();
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator files("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

bool has_children() {
  return waitpid(-1, nullptr, WNOHANG) != -1 || errno != ECHILD;
}

/// True once the process is gone; false when it still lives after five seconds.
bool is_ended(const std::string& line) {
  const int process = static_cast<int>(syscall(SYS_pidfd_open, std::stoi(line), 0));
  if (process < 0) return errno == ESRCH;
  pollfd end{process, POLLIN, 0};
  const bool ended = poll(&end, 1, 5000) == 1;
  close(process);
  return ended;
}

}  // namespace

TEST_CASE("the end of a child is found even if nobody tells of it") {
  EventLoop loop;
  loop.children().listen();
  std::signal(SIGCHLD, SIG_DFL);  // as a library might
  const Outcome outcome = run(loop, shell("exit 7"));
  CHECK(outcome.end.exit_code == 7);
}

TEST_CASE("a child's end is its exit code or the signal that killed it") {
  CHECK(run(shell("exit 0")).end.exit_code == 0);
  CHECK(run(shell("exit 3")).end.exit_code == 3);
  const ChildEnd killed = run(shell("kill -9 $$")).end;
  CHECK(killed.signal == SIGKILL);
}

TEST_CASE("both streams are read apart and whole") {
  const Outcome outcome =
      run(shell("head -c 3000000 /dev/zero & head -c 2000000 /dev/zero >&2; wait"));
  CHECK(outcome.out.size() == 3'000'000);
  CHECK(outcome.err.size() == 2'000'000);
}

TEST_CASE("a child sees its directory and its environment, and no descriptor but the three") {
  ChildCommand command = shell("pwd; echo $NAME; ls /proc/self/fd | tr '\\n' ' '");
  command.environment.emplace_back("NAME=value of it");
  command.directory = "/usr";
  const int leaky = dup(0);
  const Outcome outcome = run(command);
  close(leaky);
  // The fourth is the folder that ls itself has opened.
  CHECK(outcome.out == "/usr\nvalue of it\n0 1 2 3 ");
}

TEST_CASE("a program is looked up in the child's own PATH") {
  TempDir dir;
  std::filesystem::create_symlink("/bin/echo", dir.path() + "/say");
  CHECK(run({{"say", "hello"}, {"PATH=/nowhere:" + dir.path()}, "/", {}}).out == "hello\n");
}

TEST_CASE("without input a child reads nothing, and does not wait") {
  CHECK(run(shell("cat; echo over")).out == "over\n");
}

TEST_CASE("a megabyte of input comes through a child") {
  std::string input(1024UL * 1024, 'x');
  input += "end";
  ChildCommand command = shell("cat");
  command.input = input;
  CHECK(run(command).out == input);
}

TEST_CASE("an input that is kept open takes more, until it is closed") {
  ChildCommand command = shell("echo ready; cat");
  command.keeps_input_open = true;
  EventLoop loop;
  const Outcome outcome = run(loop, command, [](ChildProcess& child, const Outcome& so_far) {
    if (so_far.out == "ready\n") child.write("and ");
    if (so_far.out != "ready\nand ") return;
    child.write("more");
    child.close_input();
  });
  CHECK(outcome.end.exit_code == 0);
  CHECK(outcome.out == "ready\nand more");
}

TEST_CASE("a child that never reads its input can end all the same") {
  ChildCommand command = shell("exec <&-; echo over");
  command.input = std::string(1024UL * 1024, 'x');
  const Outcome outcome = run(command);
  CHECK(outcome.out == "over\n");
  CHECK(outcome.end.exit_code == 0);

  command = shell("true");
  command.input = std::string(1024UL * 1024, 'x');
  CHECK(run(command).end.exit_code == 0);
}

TEST_CASE("a child may be gone before the loop tells that its input was written") {
  EventLoop loop;
  std::unique_ptr<ChildProcess> child;
  ChildEvents events;
  events.on_end = [&](const ChildEnd& end) {
    CHECK(end.exit_code == 0);
    child.reset();
    loop.stop();
  };
  loop.on_turn_end([&] {
    if (child) return;
    ChildCommand command = shell("true");
    command.input = "never read";
    child = *ChildProcess::start(loop, std::move(command), std::move(events));
    // Then its end is what the loop hears of next.
    std::this_thread::sleep_for(100ms);
  });
  loop.run();
  CHECK(child == nullptr);
}

TEST_CASE("terminate ends the whole group") {
  EventLoop loop;
  const Outcome outcome = run(loop,
                              shell("sleep 1000 & echo $!; wait"),
                              [](ChildProcess& child, const Outcome&) { child.terminate(); });
  CHECK(outcome.end.signal == SIGTERM);
  CHECK(is_ended(outcome.out));
}

TEST_CASE("a child that ignores SIGTERM is killed after the grace") {
  EventLoop loop;
  const auto start = std::chrono::steady_clock::now();
  const Outcome outcome = run(loop,
                              shell("trap '' TERM; echo ready; while :; do sleep 0.1; done"),
                              [](ChildProcess& child, const Outcome&) { child.terminate(); });
  CHECK(outcome.end.signal == SIGKILL);
  CHECK(std::chrono::steady_clock::now() - start >= 5s);
}

TEST_CASE("kill ends a child at once") {
  EventLoop loop;
  const Outcome outcome = run(loop,
                              shell("trap '' TERM; echo ready; while :; do sleep 0.1; done"),
                              [](ChildProcess& child, const Outcome&) { child.kill(); });
  CHECK(outcome.end.signal == SIGKILL);
}

TEST_CASE("who keeps the pipe open after the end is read for a second, then killed") {
  const auto start = std::chrono::steady_clock::now();
  const Outcome outcome =
      run(shell("(sleep 0.2; echo late; exec sleep 1000) & echo $! >&2; exit 4"));
  CHECK(outcome.end.exit_code == 4);
  CHECK(outcome.out == "late\n");
  CHECK(std::chrono::steady_clock::now() - start < 4s);
  CHECK(is_ended(outcome.err));
}

TEST_CASE("a process in the background without the pipes does not outlive the child") {
  const Outcome outcome = run(shell("sleep 1000 >/dev/null 2>&1 & echo $!"));
  CHECK(is_ended(outcome.out));
}

TEST_CASE("what cannot be started says why") {
  const StartFailure unknown = start_failure({{"no-such-program"}, {"PATH=/bin"}, "/", {}});
  CHECK(unknown.exit_code == 127);
  CHECK(unknown.reason == "cannot start 'no-such-program': no such file or directory");

  const StartFailure folder = start_failure({{"/usr"}, {}, "/", {}});
  CHECK(folder.exit_code == 126);
  CHECK(folder.reason == "cannot start '/usr': permission denied");

  const StartFailure directory = start_failure({{"/bin/true"}, {}, "/no/such/folder", {}});
  CHECK(directory.exit_code == 127);
  CHECK(directory.reason == "cannot start '/bin/true': no directory '/no/such/folder'");

  const StartFailure large =
      start_failure({{"/bin/true", std::string(4UL << 20, 'x')}, {}, "/", {}});
  CHECK(large.exit_code == 126);
  CHECK(large.reason ==
        "cannot start '/bin/true': arguments and environment are too large for the system");
}

TEST_CASE("two hundred children leave no descriptor and no zombie behind") {
  const std::size_t before = open_descriptors();
  {
    EventLoop loop;
    run(loop, shell("true"));
    const std::size_t with_loop = open_descriptors();
    for (int i = 0; i < 200; ++i) {
      ChildCommand command = shell("cat");
      command.input = "x";
      run(loop, command);
    }
    Timer settled(loop, [&] { loop.stop(); });
    settled.start(0ms);
    loop.run();
    CHECK(open_descriptors() == with_loop);
    CHECK_FALSE(has_children());
  }
  // libuv keeps the pair of descriptors by which signals come in for the whole process.
  CHECK(open_descriptors() <= before + 2);
}

TEST_CASE("a child that is given up is gone") {
  EventLoop loop;
  ChildEvents events;
  events.on_output = [&](ChildStream, std::string_view) { loop.stop(); };
  auto child = ChildProcess::start(loop, shell("echo ready; exec sleep 1000"), events);
  REQUIRE(child.ok());
  loop.run();
  const pid_t pid = (*child)->group();
  child->reset();
  CHECK(::kill(pid, 0) == -1);
}
