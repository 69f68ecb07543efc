#include "core/base/temporary_file.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace goflow::core {

TemporaryFile::TemporaryFile(const std::string& final_path)
    : path_(final_path + ".tmp-XXXXXX"), file_(mkostemp(path_.data(), O_CLOEXEC)) {}

TemporaryFile::~TemporaryFile() {
  if (is_open() && !kept_) unlink(path_.c_str());
}

bool TemporaryFile::rename_to(const std::string& path) {
  kept_ = rename(path_.c_str(), path.c_str()) == 0;
  return kept_;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void sync_folder(const std::string& folder) {
  const Descriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.is_open()) fsync(opened.get());
}

void sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  sync_folder(folder.empty() ? "." : folder);
}

}  // namespace goflow::core
