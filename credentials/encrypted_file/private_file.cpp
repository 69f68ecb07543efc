#include "credentials/encrypted_file/private_file.hpp"

#include "core/base/descriptor.hpp"
#include "core/base/temporary_file.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace goflow::credentials {
namespace {

using core::Descriptor;
using core::Error;
using core::ErrorCode;
using core::Result;
using core::Secret;
using core::SecretBuffer;

constexpr mode_t others = S_IRWXG | S_IRWXO;

std::string way_out(const std::string& path, int error_number) {
  const bool is_full = error_number == ENOSPC || error_number == EDQUOT;
  if (!is_full) return "check who may go there: ls -ld '" + path + "'";
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return "free some space: df -h '" + (folder.empty() ? "." : folder) + "'";
}

Error failure(std::string_view what, const std::string& path, int error_number) {
  return Error{ErrorCode::credential,
               std::string(what) + " '" + path + "': " + core::errno_text(error_number)}
      .with_hint(way_out(path, error_number));
}

std::string octal(mode_t mode) {
  std::array<char, 8> text{};
  snprintf(text.data(), text.size(), "%04o", static_cast<unsigned>(mode & 07777U));
  return text.data();
}

Result<void> check_private(const std::string& path, const struct stat& status) {
  if (!S_ISREG(status.st_mode)) {
    return Error{ErrorCode::credential, "'" + path + "' is no regular file"}.with_hint(
        "see what it is: ls -ld '" + path + "'");
  }
  if (status.st_uid != geteuid()) {
    return Error{ErrorCode::credential, "'" + path + "' belongs to somebody else"}.with_hint(
        "take it over: sudo chown \"$USER\" '" + path + "'");
  }
  if ((status.st_mode & others) == 0) return {};
  return Error{ErrorCode::credential,
               "'" + path + "' is open to others: its mode is " + octal(status.st_mode)}
      .with_hint("chmod 600 '" + path + "'");
}

/// false, with errno: it cannot be read.
bool read_to_end(int descriptor, SecretBuffer& bytes) {
  constexpr std::size_t chunk = 16'384;
  for (;;) {
    const std::size_t size = bytes.size();
    const ssize_t got = read(descriptor, bytes.extend(chunk), chunk);
    bytes.shrink_to(size + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got == 0) return true;
    if (got < 0 && errno != EINTR) return false;
  }
}

/// The same where there is no file yet.
std::string behind_links(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path target = std::filesystem::canonical(path, failed);
  return failed ? path : target.string();
}

/// false, with errno.
bool fill(int descriptor, std::string_view bytes) {
  return core::write_all(descriptor, bytes) && fsync(descriptor) == 0;
}

}  // namespace

Result<std::optional<Secret>> read_private_file(const std::string& path) {
  // Does not wait where somebody put a pipe.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open() && (errno == ENOENT || errno == ENOTDIR)) return std::optional<Secret>();
  struct stat status {};
  if (!file.is_open() || fstat(file.get(), &status) != 0) {
    return failure("cannot read", path, errno);
  }
  GOFLOW_TRY(check_private(path, status));
  SecretBuffer bytes;
  if (!read_to_end(file.get(), bytes)) return failure("cannot read", path, errno);
  return std::optional(std::move(bytes).finish());
}

Result<void> write_private_file(const std::string& path, std::string_view bytes) {
  const std::string target = behind_links(path);
  core::remove_abandoned_temporaries(target);
  core::TemporaryFile file(target);
  if (!file.is_open() || !fill(file.descriptor(), bytes) || !file.rename_to(target)) {
    return failure("cannot write", path, errno);
  }
  core::sync_folder_of(target);
  return {};
}

Result<void> create_private_file(const std::string& path, std::string_view bytes) {
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open()) return failure("cannot make", path, errno);
  if (!fill(file.get(), bytes)) {
    const int reason = errno;
    unlink(path.c_str());
    return failure("cannot write", path, reason);
  }
  core::sync_folder_of(path);
  return {};
}

}  // namespace goflow::credentials
