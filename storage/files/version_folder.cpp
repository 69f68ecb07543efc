#include "storage/files/version_folder.hpp"

#include "core/base/temporary_file.hpp"
#include "storage/files/atomic_file.hpp"
#include "storage/files/file_failure.hpp"
#include "storage/files/file_reading.hpp"
#include "storage/files/home.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace goflow::storage {
namespace {

using core::Result;

constexpr std::string_view ending = ".yaml";
constexpr mode_t file_mode = 0644;

/// nullopt: a file of somebody else.
std::optional<int> number_in(const std::string& name) {
  if (!name.ends_with(ending)) return std::nullopt;
  const char* end = name.data() + name.size() - ending.size();
  int number = 0;
  const auto [rest, fault] = std::from_chars(name.data(), end, number);
  if (fault != std::errc() || rest != end || number < 1) return std::nullopt;
  return number;
}

bool is_same_file(const std::string& a, const std::string& b) {
  struct stat first {};
  struct stat second {};
  return lstat(a.c_str(), &first) == 0 && lstat(b.c_str(), &second) == 0 &&
         first.st_ino == second.st_ino && first.st_dev == second.st_dev;
}

bool is_regular(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

Result<std::vector<int>> VersionFolder::numbers() const {
  std::vector<int> numbers;
  std::error_code reason;
  std::filesystem::directory_iterator entry(folder_, reason);
  if (reason == std::errc::no_such_file_or_directory) return numbers;
  for (; !reason && entry != std::filesystem::directory_iterator(); entry.increment(reason)) {
    if (const auto number = number_in(entry->path().filename().string())) {
      numbers.push_back(*number);
    }
  }
  if (reason) return file_failure("cannot list", folder_, reason.value());
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string VersionFolder::path_of(int number) const {
  return folder_ + "/" + std::to_string(number) + std::string(ending);
}

Result<int> VersionFolder::number_of(const std::string& path) const {
  GOFLOW_TRY(const std::vector<int> kept, numbers());
  if (kept.empty()) return 1;
  // Whoever was to replace the file may have been stopped right after keeping it.
  return is_same_file(path, path_of(kept.back())) ? kept.back() : kept.back() + 1;
}

Result<void> VersionFolder::keep(const std::string& path, int bound) {
  GOFLOW_TRY(make_private_folder(folder_));
  GOFLOW_TRY(const int number, number_of(path));
  const std::string kept = path_of(number);
  if (is_same_file(path, kept)) return {};
  // A second name for the same bytes: nothing is copied, and nothing can be half there. The file
  // behind the first name is never written to again, another takes its place.
  const bool linked = is_regular(path) && link(path.c_str(), kept.c_str()) == 0;
  if (!linked) GOFLOW_TRY(copy(path, number));
  return drop_oldest(bound);
}

void VersionFolder::sync() const {
  core::sync_folder(folder_);
}

/// Of what is only a link to the author's file, and on file systems with one name per file.
Result<void> VersionFolder::copy(const std::string& path, int number) {
  std::optional<struct stat> status;
  GOFLOW_TRY(const std::string text, read_stored_file(path, status));
  return write_file_atomic(path_of(number), text, file_mode);
}

Result<void> VersionFolder::drop_oldest(int bound) {
  GOFLOW_TRY(const std::vector<int> kept, numbers());
  const auto most = static_cast<std::size_t>(std::max(bound, 1));
  for (std::size_t i = 0; i + most < kept.size(); ++i) {
    const std::string path = path_of(kept[i]);
    if (unlink(path.c_str()) != 0 && errno != ENOENT) {
      return file_failure("cannot remove", path, errno);
    }
  }
  return {};
}

}  // namespace goflow::storage
