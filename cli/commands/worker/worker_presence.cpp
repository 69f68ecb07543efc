#include "cli/commands/worker/worker_presence.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

namespace goflow::cli {
namespace {

std::string lock_file(const std::string& home) {
  return home + "/worker.lock";
}

}  // namespace

core::Result<core::Descriptor> announce_worker(const std::string& home) {
  const std::string path = lock_file(home);
  core::Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.is_open()) {
    return core::Error{core::ErrorCode::unavailable,
                       "cannot write '" + path + "': " + core::errno_text(errno)}
        .with_hint("check who may write there: ls -ld '" + home + "'");
  }
  // Where the file system knows no locks nobody will see it; it works all the same.
  flock(file.get(), LOCK_SH);
  return file;
}

bool has_worker(const std::string& home) {
  const core::Descriptor file(open(lock_file(home).c_str(), O_RDONLY | O_CLOEXEC));
  return file.is_open() && flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

}  // namespace goflow::cli
