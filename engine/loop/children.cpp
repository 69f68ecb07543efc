#include "engine/loop/children.hpp"

#include "engine/loop/event_loop.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <utility>

namespace goflow::engine {
namespace {

constexpr std::chrono::seconds between_looks{1};
constexpr std::size_t read_buffer_size = 64UL * 1024;  // what a pipe holds

std::optional<ChildEnd> end_of(pid_t pid) {
  siginfo_t info{};
  if (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0) {
    return std::nullopt;
  }
  if (info.si_pid == 0) return std::nullopt;
  ChildEnd end;
  (info.si_code == CLD_EXITED ? end.exit_code : end.signal) = info.si_status;
  return end;
}

}  // namespace

Children::Children(EventLoop& loop) : loop_(loop), read_buffer_(read_buffer_size) {}

Children::~Children() {
  if (null_device_ >= 0) close(null_device_);
}

int Children::null_device() {
  if (null_device_ < 0) null_device_ = open("/dev/null", O_RDWR | O_CLOEXEC);
  return null_device_;
}

void Children::listen() {
  if (child_signal_) return;
  child_signal_.emplace(loop_, SIGCHLD, [this] { look_for_ended(); });
  second_look_.emplace(loop_, [this] { look_for_ended(); });
}

void Children::watch(pid_t pid, std::function<void(const ChildEnd&)> on_end) {
  watched_.emplace(pid, std::move(on_end));
  if (!second_look_->is_running()) second_look_->repeat(between_looks);
}

void Children::reap(pid_t pid) {
  watched_.erase(pid);
  if (watched_.empty()) second_look_->stop();
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

// One signal may stand for several ends. A callback may start or reap children, so the ended ones
// are collected first.
void Children::look_for_ended() {
  std::vector<std::pair<pid_t, ChildEnd>> ended;
  for (const auto& [pid, on_end] : watched_) {
    if (const auto end = end_of(pid)) ended.emplace_back(pid, *end);
  }
  for (const auto& [pid, end] : ended) {
    auto found = watched_.extract(pid);
    if (!found.empty()) found.mapped()(end);
  }
}

}  // namespace goflow::engine
