#include "storage/files/filesystem_workflow_store.hpp"

#include "storage/files/atomic_file.hpp"
#include "storage/files/home.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

// Meant to be shared; the folder around them keeps others out where they are not.
constexpr mode_t file_mode = 0644;
// The first one that is there counts.
constexpr std::array<const char*, 2> endings{".yaml", ".yml"};

/// No id can name a file outside of the folder, or a hidden one.
bool is_workflow_id(const std::string& id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
           character == '_' || character == '-';
  });
}

Error bad_id(const std::string& id) {
  return Error{ErrorCode::invalid_argument, "'" + id + "' is not a workflow id"}.with_hint(
      "ids are made of a-z, 0-9, '_' and '-'");
}

Error cannot(const std::string& verb, const std::string& path, const std::error_code& reason) {
  return Error{ErrorCode::unavailable,
               "cannot " + verb + " '" + path + "': " + core::errno_text(reason.value())};
}

core::Timestamp modification_time(const std::string& path) {
  std::error_code gone;
  const auto time = std::filesystem::last_write_time(path, gone);
  if (gone) return {};
  const auto system = std::chrono::file_clock::to_sys(time);
  return std::chrono::time_point_cast<std::chrono::microseconds>(system);
}

}  // namespace

Result<void> FilesystemWorkflowStore::save(const std::string& id, const std::string& text) {
  if (!is_workflow_id(id)) return bad_id(id);
  GOFLOW_TRY(make_private_folder(folder_));
  return write_file_atomic(path_of(id), text, file_mode);
}

Result<std::optional<core::StoredWorkflow>> FilesystemWorkflowStore::find(
    const std::string& id) const {
  using Found = std::optional<core::StoredWorkflow>;
  // Files that others put there may have names that are no ids; such a name finds nothing.
  if (!is_workflow_id(id)) return Found();
  const std::string path = path_of(id);
  // The time first: if the file is replaced in between, the text is newer than it says, never
  // older.
  const core::Timestamp updated_at = modification_time(path);
  auto text = read_file(path);
  if (text) return Found(core::StoredWorkflow{id, *std::move(text), updated_at});
  if (text.error().code == ErrorCode::not_found) return Found();
  return std::move(text).error();
}

Result<std::vector<core::StoredWorkflow>> FilesystemWorkflowStore::list() const {
  GOFLOW_TRY(const auto names, ids());
  std::vector<core::StoredWorkflow> workflows;
  for (const std::string& id : names) {
    GOFLOW_TRY(auto workflow, find(id));
    if (workflow) workflows.push_back(*std::move(workflow));
  }
  return workflows;
}

Result<std::vector<std::string>> FilesystemWorkflowStore::ids() const {
  std::error_code reason;
  std::filesystem::directory_iterator entry(folder_, reason);
  if (reason == std::errc::no_such_file_or_directory) return std::vector<std::string>();
  std::vector<std::string> ids;
  for (; !reason && entry != std::filesystem::directory_iterator(); entry.increment(reason)) {
    const std::filesystem::path& path = entry->path();
    const bool is_workflow =
        std::find(endings.begin(), endings.end(), path.extension()) != endings.end();
    if (is_workflow && is_workflow_id(path.stem().string())) ids.push_back(path.stem().string());
  }
  if (reason) return cannot("list", folder_, reason);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

Result<bool> FilesystemWorkflowStore::remove(const std::string& id) {
  if (!is_workflow_id(id)) return false;
  bool removed = false;
  // Both: a second file of this name must not come to light.
  for (const char* ending : endings) {
    const std::string path = folder_ + "/" + id + ending;
    std::error_code reason;
    removed = std::filesystem::remove(path, reason) || removed;
    if (reason) return cannot("remove", path, reason);
  }
  return removed;
}

std::string FilesystemWorkflowStore::path_of(const std::string& id) const {
  for (const char* ending : endings) {
    const std::string path = folder_ + "/" + id + ending;
    std::error_code unreadable;
    if (std::filesystem::exists(path, unreadable)) return path;
  }
  return folder_ + "/" + id + endings.front();
}

}  // namespace goflow::storage
