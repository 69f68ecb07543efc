#include "engine/interpreter/handlers.hpp"

#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/graph_plan.hpp"
#include "engine/interpreter/graph_walk.hpp"
#include "engine/interpreter/mailbox.hpp"
#include "engine/interpreter/outcome.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <utility>

namespace goflow::engine {

namespace {

constexpr std::chrono::minutes most_time{10};
// No node has it: the limit is not remembered, but begins anew when a run is resumed.
constexpr const char* limit_path = "#handlers";

enum class Alarm { rang, stopped };

std::vector<core::Handler> handlers_for(core::ExecutionStatus status) {
  std::vector<core::Handler> handlers;
  if (status == core::ExecutionStatus::completed) handlers.push_back(core::Handler::on_success);
  const bool has_failed =
      status == core::ExecutionStatus::failed || status == core::ExecutionStatus::timed_out;
  if (has_failed) handlers.push_back(core::Handler::on_failure);
  handlers.push_back(core::Handler::on_exit);
  return handlers;
}

const core::Graph* find_graph(const core::Workflow& workflow, core::Handler wanted) {
  for (const auto& [handler, graph] : workflow.handlers) {
    if (handler == wanted) return &graph;
  }
  return nullptr;
}

Task<void> watch(RunContext& run, CancelScope& clock, CancelScope& work, Mailbox<Alarm>& alarms) {
  Effect sleep = SleepEffect{.path = limit_path, .until = most_time, .limited = limit_path};
  const EffectOutcome slept = co_await EffectAwaiter(run.runtime, clock, std::move(sleep));
  const bool rang = is_completed(slept) && !clock.cancelled();
  if (rang) work.cancel();
  alarms.post(rang ? Alarm::rang : Alarm::stopped);
}

std::string warning(core::Handler handler, const core::Failure& failure) {
  return fmt::format("{}: node '{}' failed: {}", to_string(handler), failure.node, failure.message);
}

}  // namespace

Task<std::vector<std::string>> run_handlers(RunContext& run, Scope& outer, CancelScope& cancel) {
  std::vector<std::string> warnings;
  CancelScope clock;
  CancelScope work(&cancel);
  Mailbox<Alarm> alarms;
  Task<void> watcher = watch(run, clock, work, alarms);
  watcher.start(run.queue);
  for (const core::Handler handler : handlers_for(run.ending->status)) {
    const core::Graph* graph = find_graph(run.workflow, handler);
    if (graph == nullptr) continue;
    const std::string name(to_string(handler));
    if (work.cancelled()) {
      warnings.push_back(name + " was left out");
      continue;
    }
    const GraphPlan plan(*graph);
    Scope scope(outer, outer.variables(), name);
    GraphWalk walk(run, plan, scope, work);
    const EffectOutcome outcome = co_await walk.run();
    if (is_failed(outcome)) warnings.push_back(warning(handler, *outcome.failure));
    if (is_cancelled(outcome)) warnings.push_back(name + " was cut short");
  }
  clock.cancel();
  const Alarm alarm = co_await alarms.next();
  if (alarm == Alarm::rang) warnings.emplace_back("the handlers took more than ten minutes");
  co_return warnings;
}

}  // namespace goflow::engine
