#include "engine/nodes/scratch.hpp"

#include "core/base/descriptor.hpp"
#include "core/claimcheck/claimed_value.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace goflow::engine {
namespace {

using core::Error;
using core::ErrorCode;

Error system_error(const std::string& what, const std::string& path) {
  return Error{ErrorCode::unavailable, what + " '" + path + "': " + core::errno_text(errno)};
}

Error no_plain_file() {
  return Error{ErrorCode::invalid_argument, "it is no plain file"};
}

core::Result<void> write_all(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(file, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return {};
}

core::Result<void> write_private(const std::string& path, std::string_view bytes, mode_t mode) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return system_error("create", path);
  auto written = write_all(file, bytes, path);
  close(file);
  return written;
}

core::Result<std::string> read_all(int file, const std::string& path, std::size_t limit) {
  struct stat status {};
  if (fstat(file, &status) != 0) return system_error("read", path);
  if (!S_ISREG(status.st_mode)) return no_plain_file();
  const auto length = static_cast<std::size_t>(status.st_size);
  if (length > limit) {
    return Error{ErrorCode::invalid_argument, "it holds " + std::to_string(length) + " bytes"};
  }
  std::string bytes(length, '\0');
  std::size_t done = 0;
  while (done < length) {
    const ssize_t size = ::read(file, bytes.data() + done, length - done);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error("read", path);
    if (size == 0) break;
    done += static_cast<std::size_t>(size);
  }
  bytes.resize(done);
  return bytes;
}

}  // namespace

ScratchFile::~ScratchFile() {
  remove();
}

core::Result<std::optional<std::string>> ScratchFile::take(std::size_t limit) {
  // A script may have put anything there: neither a link is followed nor a pipe waited for.
  const int file = open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0 && errno == ENOENT) {
    // Most steps write nothing; looking for it once more would cost as much as this did.
    is_gone_ = true;
    return std::optional<std::string>();
  }
  if (file < 0 && errno == ELOOP) return no_plain_file();
  if (file < 0) return system_error("read", path_);
  auto bytes = read_all(file, path_, limit);
  close(file);
  remove();
  if (!bytes) return std::move(bytes).error();
  return std::optional<std::string>(*std::move(bytes));
}

void ScratchFile::remove() {
  if (!std::exchange(is_gone_, true)) unlink(path_.c_str());
}

Scratch::~Scratch() {
  if (!is_made_) return;
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

core::Result<std::string> Scratch::script(const std::string& text) {
  if (const auto found = scripts_.find(text); found != scripts_.end()) return found->second;
  GOFLOW_TRY(std::string path, new_path());
  GOFLOW_TRY(write_private(path, text, 0600));
  scripts_.emplace(text, path);
  return path;
}

core::Result<std::unique_ptr<ScratchFile>> Scratch::reserve() {
  GOFLOW_TRY(std::string path, new_path());
  return std::make_unique<ScratchFile>(std::move(path));
}

core::Result<std::string> Scratch::shared(const std::string& key, std::string_view bytes) {
  if (const auto found = shared_.find(key); found != shared_.end()) return found->second;
  GOFLOW_TRY(std::string path, new_path());
  GOFLOW_TRY(write_private(path, bytes, 0400));
  shared_.emplace(key, path);
  return path;
}

core::Result<std::optional<std::string>> Scratch::shared_text(const core::Value& value) {
  const auto kept = core::claimed(value);
  if (!kept || kept->encoding() != core::Encoding::text) return std::optional<std::string>();
  const std::string key = kept->claim().key.text();
  if (const auto found = shared_.find(key); found != shared_.end())
    return std::optional(found->second);
  GOFLOW_TRY(auto file, reserve());
  const core::Descriptor bytes(
      open(file->path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400));
  if (!bytes.is_open()) return system_error("create", file->path());
  if (!kept->write_text(bytes.get())) return std::optional<std::string>();
  return std::optional(shared_.emplace(key, file->keep()).first->second);
}

core::Result<std::unique_ptr<ScratchFile>> Scratch::write(std::string_view bytes) {
  GOFLOW_TRY(auto file, reserve());
  GOFLOW_TRY(write_private(file->path(), bytes, 0400));
  return file;
}

core::Result<std::string> Scratch::new_path() {
  GOFLOW_TRY(make_folder());
  return folder_ + "/" + std::to_string(++last_number_);
}

core::Result<void> Scratch::make_folder() {
  if (is_made_) return {};
  std::error_code failed;
  // What a run that was killed has left there is none of ours.
  std::filesystem::remove_all(folder_, failed);
  std::filesystem::create_directories(std::filesystem::path(folder_).parent_path(), failed);
  if (mkdir(folder_.c_str(), 0700) != 0) return system_error("create", folder_);
  is_made_ = true;
  return {};
}

}  // namespace goflow::engine
