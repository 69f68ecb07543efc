// What it costs at least to run a command N times, read what it prints and know how it ended:
//   bench_spawn_chain WIDTH COUNT COMMAND [ARGUMENT…]
// WIDTH threads share the COUNT runs. No history, no decisions: the bound for chains of shell
// steps.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <thread>
#include <vector>

extern char** environ;

namespace {

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Pipe open_pipe() {
  std::array<int, 2> ends{};
  // Closed on exec, so that a child of another thread cannot hold it open.
  if (pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
  return {ends[0], ends[1]};
}

void read_to_end(int descriptor) {
  std::array<char, 4096> buffer{};
  while (read(descriptor, buffer.data(), buffer.size()) > 0) {
  }
  close(descriptor);
}

bool run_once(char** command) {
  const Pipe out = open_pipe();
  const Pipe err = open_pipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.write_end, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.write_end, STDERR_FILENO);

  pid_t child = 0;
  const int refused = posix_spawnp(&child, command[0], &actions, nullptr, command, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(out.write_end);
  close(err.write_end);
  read_to_end(out.read_end);
  read_to_end(err.read_end);
  if (refused != 0) return false;

  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: bench_spawn_chain WIDTH COUNT COMMAND [ARGUMENT…]\n";
    return 2;
  }
  const int width = std::atoi(argv[1]);
  std::atomic<int> left = std::atoi(argv[2]);
  std::atomic<bool> all_succeeded = true;

  std::vector<std::jthread> threads;
  threads.reserve(static_cast<std::size_t>(width));
  for (int i = 0; i < width; ++i) {
    threads.emplace_back([&left, &all_succeeded, command = argv + 3] {
      while (left.fetch_sub(1) > 0) {
        if (!run_once(command)) all_succeeded = false;
      }
    });
  }
  threads.clear();  // joins them
  return all_succeeded ? 0 : 1;
}
