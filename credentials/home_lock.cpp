#include "credentials/home_lock.hpp"

#include "core/base/duration.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <thread>

namespace goflow::credentials {
namespace {

using core::Descriptor;
using core::Error;
using core::ErrorCode;
using core::Result;

/// By path: what this thread has, to be found again by what it calls.
std::weak_ptr<Descriptor>& held_by_thread(const std::string& path) {
  thread_local std::map<std::string, std::weak_ptr<Descriptor>> held;
  return held[path];
}

}  // namespace

Result<HomeLock> HomeLock::take(const std::string& home, std::chrono::milliseconds limit) {
  using namespace std::chrono_literals;
  const std::string path = home + "/credentials.lock";
  std::weak_ptr<Descriptor>& held = held_by_thread(path);
  if (auto file = held.lock()) return HomeLock(std::move(file));
  mkdir(home.c_str(), 0700);  // fails where it is already
  Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.is_open()) {
    return Error{ErrorCode::credential, "cannot lock '" + path + "': " + core::errno_text(errno)}
        .with_hint("check who may write there: ls -ld '" + home + "'");
  }
  // Asked again and again, because waiting in flock() knows no deadline.
  const auto deadline = std::chrono::steady_clock::now() + limit;
  for (auto pause = 1ms; flock(file.get(), LOCK_EX | LOCK_NB) != 0; pause *= 2) {
    if (errno != EWOULDBLOCK && errno != EINTR) break;  // the file system knows no locks
    if (std::chrono::steady_clock::now() >= deadline) {
      return Error{ErrorCode::credential,
                   "another goflow has held '" + path + "' for " + core::spell_duration(limit)}
          .with_hint("see which one: fuser -v '" + path + "'");
    }
    pause = std::min(pause, 16ms);
    std::this_thread::sleep_for(pause);
  }
  auto shared = std::make_shared<Descriptor>(std::move(file));
  held = shared;
  return HomeLock(std::move(shared));
}

}  // namespace goflow::credentials
