#include "storage/files/config_file.hpp"

#include "storage/files/atomic_file.hpp"
#include "storage/files/file_reading.hpp"
#include "storage/files/folder_lock.hpp"
#include "storage/files/home.hpp"

#include <sys/types.h>

#include <filesystem>
#include <system_error>

namespace goflow::storage {
namespace {

using core::Result;

constexpr mode_t file_mode = 0600;

/// Where the bytes lie: who keeps the file elsewhere, behind a link, keeps the link.
std::string behind_links(const std::string& path) {
  std::error_code missing;
  const auto target = std::filesystem::canonical(path, missing);
  return missing ? path : target.string();
}

}  // namespace

Result<std::vector<core::ConfigEntry>> ConfigFile::read() const {
  GOFLOW_TRY(const std::string written, text());
  return core::read_config(written, path());
}

Result<void> ConfigFile::change(const std::string& name,
                                const std::optional<std::string>& value) const {
  GOFLOW_TRY(make_private_folder(home_));
  const FolderLock lock(home_);
  GOFLOW_TRY(const std::string before, text());
  GOFLOW_TRY(const std::string after, core::with_setting(before, path(), name, value));
  if (after == before) return {};
  return write_file_atomic(behind_links(path()), after, file_mode);
}

std::string ConfigFile::path() const {
  return home_ + "/config.yaml";
}

Result<std::string> ConfigFile::text() const {
  auto text = read_file(path());
  if (!text && text.error().code == core::ErrorCode::not_found) return std::string();
  return text;
}

}  // namespace goflow::storage
