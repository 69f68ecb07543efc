// goflow doctor: runs that wait for a worker, or for a person.
#include "cli/commands/doctor/check.hpp"
#include "cli/commands/worker/worker_presence.hpp"
#include "storage/sqlite/history_health.hpp"

#include <string>

namespace goflow::cli {
namespace {

using core::Result;

/// Nothing, where the history is not there, or to open it would upgrade it.
Result<core::QueueCount> count_left_alone(Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  const auto is_current = storage::is_history_current(home + "/goflow.db");
  if (!is_current && is_current.error().code != core::ErrorCode::not_found) {
    return is_current.error();
  }
  if (!is_current || !*is_current) return core::QueueCount();
  GOFLOW_TRY(core::RunQueue * queue, context.run_queue());
  return queue->count();
}

std::string runs(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " run" : " runs");
}

std::string waits(const core::QueueCount& count) {
  if (count.waiting == 0) return "no run waits for a worker";
  return runs(count.waiting) + (count.waiting == 1 ? " waits" : " wait") + " for a worker";
}

}  // namespace

Finding check_queue(Context& context) {
  const auto home = context.home();
  const auto count = count_left_alone(context);
  // That the history cannot be read is said in its own line.
  if (!home || !count) return {Health::warning, "not looked at, for want of the history"};
  if (count->stuck > 0) {
    return {Health::warning,
            runs(count->stuck) + (count->stuck == 1 ? " needs" : " need") +
                " a decision before it goes on; " + waits(*count),
            "decide: goflow exec resume ID, see which: goflow exec list --status interrupted"};
  }
  const bool is_served = has_worker(*home);
  if (count->waiting > 0 && !is_served) {
    return {Health::warning, waits(*count) + ", and none lives", "start one: goflow worker"};
  }
  return {Health::ok, waits(*count) + (is_served ? "; one lives" : "")};
}

}  // namespace goflow::cli
