#include "storage/files/atomic_file.hpp"

#include "core/base/temporary_file.hpp"
#include "storage/files/file_failure.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace goflow::storage {
namespace {

using core::Result;
using core::TemporaryFile;
using core::write_all;

/// False, with errno: it could not be written.
bool fill(const TemporaryFile& file, std::string_view bytes, mode_t mode) {
  return file.is_open() && write_all(file.descriptor(), bytes) &&
         fchmod(file.descriptor(), mode) == 0;
}

/// What a new file gets from open().
mode_t usual_mode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

std::string behind_links(const std::string& path) {
  std::error_code failed;
  auto target = std::filesystem::canonical(path, failed);
  return failed ? path : target.string();
}

Sink sink_into(int descriptor, const std::string& path) {
  return [descriptor, path](std::string_view bytes) -> Result<void> {
    if (write_all(descriptor, bytes)) return {};
    return file_failure("cannot write", path, errno);
  };
}

Result<void> write_into(const std::string& path, const Produce& produce) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return file_failure("cannot write", path, errno);
  auto written = produce(sink_into(descriptor, path));
  close(descriptor);
  return written;
}

Result<void> write_beside(const std::string& path, mode_t mode, const Produce& produce) {
  TemporaryFile file(path);
  if (!file.is_open()) return file_failure("cannot write", path, errno);
  GOFLOW_TRY(produce(sink_into(file.descriptor(), path)));
  const int descriptor = file.descriptor();
  if (fchmod(descriptor, mode) != 0 || fsync(descriptor) != 0 || !file.rename_to(path)) {
    return file_failure("cannot write", path, errno);
  }
  core::sync_folder_of(path);
  return {};
}

}  // namespace

Result<void> write_file_atomic(const std::string& path,
                               std::string_view bytes,
                               mode_t mode,
                               const std::function<void()>& before_rename) {
  TemporaryFile file(path);
  if (!fill(file, bytes, mode) || fsync(file.descriptor()) != 0) {
    return file_failure("cannot write", path, errno);
  }
  if (before_rename) before_rename();
  if (!file.rename_to(path)) return file_failure("cannot write", path, errno);
  core::sync_folder_of(path);
  return {};
}

Result<void> write_output_file(const std::string& path, std::string_view bytes) {
  return write_output_file(path, [&](const Sink& sink) { return sink(bytes); });
}

Result<void> write_output_file(const std::string& path, const Produce& produce) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return write_beside(path, usual_mode(), produce);
  if (!S_ISREG(status.st_mode)) return write_into(path, produce);
  return write_beside(behind_links(path), status.st_mode & 07777, produce);
}

Result<void> replace_file(const std::string& path, std::string_view bytes, mode_t mode) {
  TemporaryFile file(path);
  if (!fill(file, bytes, mode) || !file.rename_to(path)) {
    return file_failure("cannot write", path, errno);
  }
  return {};
}

}  // namespace goflow::storage
