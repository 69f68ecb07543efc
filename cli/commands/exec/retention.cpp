#include "cli/commands/exec/retention.hpp"

#include "cli/context.hpp"
#include "cli/daily_turn.hpp"
#include "core/base/duration.hpp"
#include "core/execution/pruning.hpp"
#include "core/settings/setting.hpp"

#include <string>

namespace goflow::cli {
namespace {

namespace settings = core::settings;
using core::Result;

Result<bool> is_wanted(Context& context) {
  GOFLOW_TRY(const core::ResolvedSetting enabled, context.setting(settings::history_retention));
  return enabled.value == "true";
}

Result<core::ExecutionFilter> make_filter(Context& context) {
  GOFLOW_TRY(const core::ResolvedSetting age, context.setting(settings::history_older_than));
  GOFLOW_TRY(const core::ResolvedSetting statuses, context.setting(settings::history_statuses));
  core::ExecutionFilter filter;
  // Both were checked: it is a duration, and these are statuses.
  filter.until = context.now() - core::parse_duration(age.value).value();
  const auto& choice = std::get<core::SomeOf>(settings::history_statuses.type);
  for (const std::string& status : core::words_of(choice, statuses.value)) {
    filter.statuses.push_back(core::parse_execution_status(status).value());
  }
  return filter;
}

Result<void> prune_if_due(core::ExecutionStore& store, Context& context) {
  GOFLOW_TRY(const bool wanted, is_wanted(context));
  if (!wanted) return {};
  GOFLOW_TRY(const core::ExecutionFilter filter, make_filter(context));
  GOFLOW_TRY(const int keep, context.number(settings::history_keep_per_workflow));
  GOFLOW_TRY(const bool is_due, take_daily_turn("last-prune", context));
  if (!is_due) return {};
  GOFLOW_TRY(const auto found, core::find_prunable(filter, keep, store));
  GOFLOW_TRY(core::prune(found, store));
  if (!found.empty()) {
    context.tell("deleted " + std::to_string(found.size()) +
                 (found.size() == 1 ? " old run" : " old runs") + ", as history.retention says");
  }
  return {};
}

}  // namespace

void prune_unasked(core::ExecutionStore& store, Context& context) {
  if (auto pruned = prune_if_due(store, context); !pruned) {
    context.err().line("warning: old runs were not deleted: " + pruned.error().message);
  }
}

}  // namespace goflow::cli
