#include "storage/files/file_reading.hpp"

#include "core/base/descriptor.hpp"
#include "storage/files/file_failure.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace goflow::storage {
namespace {

using core::Descriptor;
using core::Error;
using core::ErrorCode;
using core::Result;

Error cannot_open(const std::string& path, int reason) {
  if (reason == ENOENT || reason == ENOTDIR) {
    return Error{ErrorCode::not_found, "no file '" + path + "'"};
  }
  return file_failure("cannot read", path, reason);
}

/// False, with errno: it cannot be read.
bool read_to_end(int descriptor, const std::optional<struct stat>& status, std::string& bytes) {
  const bool is_regular = status && S_ISREG(status->st_mode);
  // One byte more than there is: the read that finds the end needs room too.
  std::size_t chunk = 65536;
  if (is_regular && status->st_size > 0) chunk = static_cast<std::size_t>(status->st_size) + 1;
  for (;;) {
    const std::size_t size = bytes.size();
    bytes.resize(size + chunk);
    const ssize_t got = read(descriptor, bytes.data() + size, chunk);
    bytes.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0 || (is_regular && static_cast<std::size_t>(got) < chunk)) return true;
  }
}

std::optional<struct stat> status_of(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 ? std::optional(status) : std::nullopt;
}

template <typename Path>
Result<std::string> read_stored(int folder,
                                const std::string& name,
                                const Path& path,
                                std::optional<struct stat>& status) {
  const Descriptor file(openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  const int reason = errno;
  if (!file.is_open()) return cannot_open(path(), reason);
  status = status_of(file.get());
  if (status && !S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode)) {
    return Error{ErrorCode::invalid_argument, "'" + path() + "' is neither a file nor a folder"};
  }
  std::string bytes;
  if (!read_to_end(file.get(), status, bytes)) {
    const int unreadable = errno;
    return file_failure("cannot read", path(), unreadable);
  }
  return bytes;
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return cannot_open(path, errno);
  std::string bytes;
  if (!read_to_end(file.get(), status_of(file.get()), bytes)) {
    return file_failure("cannot read", path, errno);
  }
  return bytes;
}

Result<std::string> read_stored_file(const std::string& path, std::optional<struct stat>& status) {
  return read_stored(
      AT_FDCWD, path, [&] { return path; }, status);
}

Result<std::string> read_file_in(OpenFolder folder,
                                 const std::string& name,
                                 std::optional<struct stat>& status) {
  return read_stored(
      folder.descriptor, name, [&] { return folder.path + "/" + name; }, status);
}

}  // namespace goflow::storage
