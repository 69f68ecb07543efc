// goflow doctor: runs whose process went away in the middle.
#include "cli/commands/doctor/check.hpp"
#include "engine/local/process_identity.hpp"
#include "storage/sqlite/history_health.hpp"

namespace goflow::cli {
namespace {

using core::ExecutionStatus;
using core::Result;

constexpr int most_counted = 1000;

/// nullptr: the history is not there, or to open it would upgrade it.
Result<core::ExecutionStore*> store_left_alone(Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  const auto is_current = storage::is_history_current(home + "/goflow.db");
  if (!is_current && is_current.error().code != core::ErrorCode::not_found) {
    return is_current.error();
  }
  if (!is_current || !*is_current) return static_cast<core::ExecutionStore*>(nullptr);
  return context.executions_if_any();
}

Result<core::ExecutionPage> interrupted(core::ExecutionStore& store, core::Timestamp now) {
  core::ExecutionFilter filter;
  filter.statuses = {ExecutionStatus::running, ExecutionStatus::waiting};
  filter.keep = [now](const core::Execution& execution) {
    return engine::is_interrupted(execution, now);
  };
  return store.list(filter, most_counted, std::nullopt);
}

}  // namespace

Finding check_runs(Context& context) {
  const auto store = store_left_alone(context);
  // That the history cannot be read is said in its own line.
  if (!store) return {Health::warning, "not looked at, for want of the history"};
  if (*store == nullptr) return {Health::ok, "none was interrupted"};
  const auto page = interrupted(**store, context.now());
  if (!page) return fault_of(page.error());
  if (page->executions.empty()) return {Health::ok, "none was interrupted"};
  const std::size_t count = page->executions.size();
  return {Health::warning,
          std::string(page->next ? "more than " : "") + std::to_string(count) +
              (count == 1 ? " was interrupted" : " were interrupted") + " and can be resumed",
          "see which: goflow exec list --status interrupted"};
}

}  // namespace goflow::cli
