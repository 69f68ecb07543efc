#include "storage/sqlite/backup.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

namespace goflow::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kept_copies = 3;

/// Digits only, so that the name is one word on every system: "20260119T091244001234Z".
std::string compact(core::Timestamp time) {
  std::string text = core::format_rfc3339(time);
  std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == '.'; });
  return text;
}

std::string time_of(const fs::path& copy) {
  const std::string name = copy.filename().string();
  return name.substr(name.rfind('-') + 1);
}

void remove_old_copies(const fs::path& path) {
  const std::string beginning = path.filename().string() + ".v";
  std::vector<fs::path> copies;
  std::error_code ignored;  // an old copy that stays does no harm
  for (const auto& entry : fs::directory_iterator(fs::absolute(path).parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(beginning) && name.ends_with(".bak")) copies.push_back(entry.path());
  }
  std::sort(copies.begin(), copies.end(), [](const fs::path& a, const fs::path& b) {
    return time_of(a) > time_of(b);
  });
  for (std::size_t i = kept_copies; i < copies.size(); ++i) {
    fs::remove(copies[i], ignored);
  }
}

core::Result<void> copy_and_rename(Database& database,
                                   const std::string& unfinished,
                                   const std::string& target) {
  GOFLOW_TRY(database.copy_to(unfinished));
  std::error_code failure;
  fs::rename(unfinished, target, failure);
  if (!failure) return {};
  return core::Error{core::ErrorCode::unavailable,
                     "cannot write '" + target + "': " + core::errno_text(failure.value())};
}

}  // namespace

core::Result<std::string> back_up(Database& database, int version, core::Timestamp now) {
  const std::string target =
      database.path() + ".v" + std::to_string(version) + "-" + compact(now) + ".bak";
  const std::string unfinished = target + ".tmp";
  std::error_code ignored;
  fs::remove(unfinished, ignored);  // of somebody who was killed
  if (auto copied = copy_and_rename(database, unfinished, target); !copied) {
    fs::remove(unfinished, ignored);
    return std::move(copied).error().with_context("back up '" + database.path() + "'");
  }
  remove_old_copies(database.path());
  return target;
}

}  // namespace goflow::storage
