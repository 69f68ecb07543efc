#include "cli/commands/blobs/abandoned_logs.hpp"

#include "core/base/ulid.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace goflow::cli {
namespace {

namespace fs = std::filesystem;
using core::Result;

/// Somebody else may have removed it meanwhile: then it is as good as new.
bool is_older(const fs::directory_entry& file, core::Timestamp before) {
  std::error_code failed;
  const auto written = file.last_write_time(failed);
  return !failed && std::chrono::file_clock::to_sys(written) < before;
}

Result<bool> is_named(const std::string& name,
                      const std::string& execution_id,
                      core::ExecutionStore& store) {
  GOFLOW_TRY(const auto logs, store.spooled_logs(execution_id));
  return std::any_of(
      logs.begin(), logs.end(), [&](const core::NodeLog& log) { return log.spool == name; });
}

}  // namespace

Result<std::int64_t> remove_abandoned_logs(const std::string& folder,
                                           core::ExecutionStore& store,
                                           core::Timestamp before) {
  std::int64_t removed = 0;
  std::error_code failed;
  for (fs::directory_iterator file(folder, failed), end; file != end; file.increment(failed)) {
    const std::string name = file->path().filename();
    const std::string execution_id = name.substr(0, name.find('.'));
    if (!core::is_execution_id(execution_id) || !is_older(*file, before)) continue;
    GOFLOW_TRY(const bool is_needed, is_named(name, execution_id, store));
    if (!is_needed && fs::remove(file->path(), failed)) ++removed;
  }
  return removed;
}

}  // namespace goflow::cli
