#include "storage/files/filesystem_workflow_store.hpp"

#include "core/base/temporary_file.hpp"
#include "storage/files/atomic_file.hpp"
#include "storage/files/file_failure.hpp"
#include "storage/files/file_reading.hpp"
#include "storage/files/folder_lock.hpp"
#include "storage/files/home.hpp"
#include "storage/files/workflow_file_name.hpp"
#include "storage/files/workflow_listing.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <system_error>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

// Meant to be shared; the folder around them keeps others out where they are not.
constexpr mode_t file_mode = 0644;

Error bad_id(const std::string& id) {
  return Error{ErrorCode::invalid_argument, "'" + id + "' is not a workflow id"}.with_hint(
      "ids are made of a-z, 0-9, '_' and '-'");
}

core::Timestamp modification_time(const std::optional<struct stat>& status) {
  return status ? modification_time(stamp_of(*status)) : core::Timestamp();
}

/// Something has this name, be it a link that leads nowhere.
bool is_there(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> names;
  std::error_code reason;
  std::filesystem::directory_iterator entry(folder, reason);
  for (; !reason && entry != std::filesystem::directory_iterator(); entry.increment(reason)) {
    names.insert(entry->path().filename().string());
  }
  return names;
}

}  // namespace

Result<void> FilesystemWorkflowStore::save(const std::string& id, const std::string& text) {
  if (!is_workflow_id(id)) return bad_id(id);
  GOFLOW_TRY(make_private_folder(folders_.workflows));
  const FolderLock lock(folders_.workflows);
  return replace(id, text);
}

Result<void> FilesystemWorkflowStore::save_over(const std::optional<std::string>& seen,
                                                const std::string& id,
                                                const std::string& text) {
  if (!is_workflow_id(id)) return bad_id(id);
  GOFLOW_TRY(make_private_folder(folders_.workflows));
  const FolderLock lock(folders_.workflows);
  GOFLOW_TRY(const auto found, find(id));
  const bool is_as_seen = found ? seen == found->text : !seen;
  if (is_as_seen) return replace(id, text);
  return Error{ErrorCode::failed_precondition, "workflow '" + id + "' was changed meanwhile"}
      .with_hint("see what it is now: goflow workflow show " + id);
}

Result<std::optional<core::StoredWorkflow>> FilesystemWorkflowStore::find(
    const std::string& id) const {
  using Found = std::optional<core::StoredWorkflow>;
  // Files that others put there may have names that are no ids; such a name finds nothing.
  if (!is_workflow_id(id)) return Found();
  std::optional<struct stat> status;
  auto text = read_stored_file(path_of(id), status);
  if (text) return Found(core::StoredWorkflow{id, *std::move(text), modification_time(status)});
  if (text.error().code == ErrorCode::not_found) return Found();
  return std::move(text).error();
}

Result<std::vector<core::WorkflowSummary>> FilesystemWorkflowStore::list() const {
  const std::set<std::string> replaced = names_in(folders_.versions);
  const auto find_version = [&](const std::string& id, const std::string& file_name) {
    if (!replaced.contains(id)) return 1;
    const auto number = versions_of(id).number_of(folders_.workflows + "/" + file_name);
    return number ? *number : 1;
  };
  return list_workflows(folders_.workflows, index_, find_version);
}

Result<std::vector<std::string>> FilesystemWorkflowStore::ids() const {
  std::error_code reason;
  std::filesystem::directory_iterator entry(folders_.workflows, reason);
  if (reason == std::errc::no_such_file_or_directory) return std::vector<std::string>();
  std::vector<std::string> ids;
  for (; !reason && entry != std::filesystem::directory_iterator(); entry.increment(reason)) {
    const std::string name = entry->path().filename().string();
    const std::string_view stem = workflow_stem(name);
    if (is_workflow_id(stem)) ids.emplace_back(stem);
  }
  if (reason) return file_failure("cannot list", folders_.workflows, reason.value());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

Result<bool> FilesystemWorkflowStore::remove(const std::string& id) {
  if (!is_workflow_id(id)) return false;
  const FolderLock lock(folders_.workflows);
  bool removed = false;
  // All of them: a second file of this name must not come to light. The one that counts is kept
  // last, as the newest.
  for (auto ending = workflow_endings.rbegin(); ending != workflow_endings.rend(); ++ending) {
    const std::string path = folders_.workflows + "/" + id + std::string(*ending);
    if (!is_there(path)) continue;
    GOFLOW_TRY(keep(id, path));
    versions_of(id).sync();
    std::error_code reason;
    removed = std::filesystem::remove(path, reason) || removed;
    if (reason) return file_failure("cannot remove", path, reason.value());
  }
  if (removed) core::sync_folder(folders_.workflows);
  return removed;
}

Result<std::vector<core::WorkflowVersion>> FilesystemWorkflowStore::versions(
    const std::string& id) const {
  std::vector<core::WorkflowVersion> versions;
  if (!is_workflow_id(id)) return versions;
  const VersionFolder folder = versions_of(id);
  GOFLOW_TRY(const auto current, find(id));
  GOFLOW_TRY(const int number, folder.number_of(path_of(id)));
  if (current) versions.push_back({number, current->text, current->updated_at, true});
  GOFLOW_TRY(std::vector<int> numbers, folder.numbers());
  for (auto kept = numbers.rbegin(); kept != numbers.rend(); ++kept) {
    if (current && *kept == number) continue;
    std::optional<struct stat> status;
    auto text = read_stored_file(folder.path_of(*kept), status);
    // Another process may be dropping the oldest.
    if (!text && text.error().code == ErrorCode::not_found) continue;
    if (!text) return std::move(text).error();
    versions.push_back({*kept, *std::move(text), modification_time(status), false});
  }
  return versions;
}

std::string FilesystemWorkflowStore::path_of(const std::string& id) const {
  for (const std::string_view ending : workflow_endings) {
    const std::string path = folders_.workflows + "/" + id + std::string(ending);
    if (is_there(path)) return path;
  }
  return folders_.workflows + "/" + id + std::string(workflow_endings.front());
}

Result<void> FilesystemWorkflowStore::keep(const std::string& id, const std::string& path) {
  if (!is_there(path)) return {};
  GOFLOW_TRY(const int bound, bound_());
  auto kept = versions_of(id).keep(path, bound);
  // A link that leads nowhere has nothing to keep.
  if (!kept && kept.error().code == ErrorCode::not_found) return {};
  return kept;
}

Result<void> FilesystemWorkflowStore::replace(const std::string& id, const std::string& text) {
  const std::string path = path_of(id);
  GOFLOW_TRY(keep(id, path));
  // As late as may be: a journaling file system has then written both at once.
  return write_file_atomic(path, text, file_mode, [&] { versions_of(id).sync(); });
}

VersionFolder FilesystemWorkflowStore::versions_of(const std::string& id) const {
  return VersionFolder(folders_.versions + "/" + id);
}

}  // namespace goflow::storage
