#include "cli/commands/exec/last_run.hpp"

#include "engine/local/process_identity.hpp"

namespace goflow::cli {

Cell last_run_cell(const core::Execution* last_run, core::Timestamp now) {
  if (last_run == nullptr) return mark_cell(neutral_mark("never"));
  if (engine::is_interrupted(*last_run, now)) return mark_cell(warning_mark("interrupted"));
  return status_cell(last_run->status);
}

Cell last_run_time_cell(const core::Execution* last_run, core::Timestamp now) {
  return last_run == nullptr ? blank_cell() : time_cell(last_run->created_at, now);
}

core::Value last_run_record(const core::Execution* last_run) {
  if (last_run == nullptr) return {};
  return core::Object{{"id", last_run->id},
                      {"status", to_string(last_run->status)},
                      {"started_at", core::format_rfc3339(last_run->created_at)}};
}

}  // namespace goflow::cli
