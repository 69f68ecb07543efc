#include "core/base/temporary_file.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

namespace goflow::core {
namespace {

constexpr std::string_view mark = ".tmp-";
constexpr std::string_view any_letters = "XXXXXX";
constexpr std::chrono::hours abandoned_after{1};

bool is_abandoned(const std::filesystem::directory_entry& entry) {
  std::error_code failed;
  if (entry.symlink_status(failed).type() != std::filesystem::file_type::regular) return false;
  const auto written = entry.last_write_time(failed);
  return !failed && std::filesystem::file_time_type::clock::now() - written > abandoned_after;
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

TemporaryFile::TemporaryFile(const std::string& final_path)
    : path_(final_path + std::string(mark) + std::string(any_letters)),
      file_(mkostemp(path_.data(), O_CLOEXEC)) {}

TemporaryFile::~TemporaryFile() {
  if (is_open() && !kept_) unlink(path_.c_str());
}

bool TemporaryFile::rename_to(const std::string& path) {
  kept_ = rename(path_.c_str(), path.c_str()) == 0;
  return kept_;
}

void remove_abandoned_temporaries(const std::string& final_path) {
  const std::string begin =
      std::filesystem::path(final_path).filename().string() + std::string(mark);
  std::error_code failed;
  std::filesystem::directory_iterator entry(folder_of(final_path), failed);
  for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    const bool is_one = name.starts_with(begin) && name.size() == begin.size() + any_letters.size();
    if (is_one && is_abandoned(*entry)) unlink(entry->path().c_str());
  }
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
  sync_folder(folder_of(path));
}

}  // namespace goflow::core
