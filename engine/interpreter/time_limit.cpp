#include "engine/interpreter/time_limit.hpp"

#include "core/base/duration.hpp"
#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/mailbox.hpp"
#include "engine/interpreter/outcome.hpp"

#include <utility>

namespace goflow::engine {

namespace {

enum class Alarm { rang, stopped };

Task<void> watch(NodeVisit& visit, CancelScope& clock, CancelScope& work, Mailbox<Alarm>& alarms) {
  Effect sleep = SleepEffect{.path = visit.inner_path() + "#timeout",
                             .attempt = visit.attempt,
                             .until = *visit.node.timeout,
                             .limited = visit.path};
  const EffectOutcome slept = co_await EffectAwaiter(visit.run.runtime, clock, std::move(sleep));
  const bool rang = is_completed(slept) && !clock.cancelled();
  if (rang) work.cancel();
  alarms.post(rang ? Alarm::rang : Alarm::stopped);
}

core::Failure time_is_up(const NodeVisit& visit) {
  return core::Failure{.type = "timeout",
                       .message = "timed out after " + core::spell_duration(*visit.node.timeout)};
}

}  // namespace

Task<EffectOutcome> within_time_limit(NodeVisit& visit,
                                      Task<EffectOutcome> work,
                                      CancelScope& cancel) {
  CancelScope clock(&visit.cancel);
  Mailbox<Alarm> alarms;
  std::optional<Task<void>> watcher;
  if (visit.node.timeout) {
    watcher.emplace(watch(visit, clock, cancel, alarms));
    watcher->start(visit.run.queue);
  }
  EffectOutcome outcome = co_await std::move(work);
  if (!watcher) co_return outcome;

  clock.cancel();
  const Alarm alarm = co_await alarms.next();
  if (alarm == Alarm::rang && !is_completed(outcome)) co_return failed(time_is_up(visit));
  co_return outcome;
}

}  // namespace goflow::engine
