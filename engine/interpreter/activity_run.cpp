#include "engine/interpreter/activity_run.hpp"

#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/outcome.hpp"
#include "engine/interpreter/semaphore.hpp"

#include <string>
#include <utility>

namespace goflow::engine {

Task<EffectOutcome> run_activity(NodeVisit& visit, PrepareActivity prepare) {
  const Semaphore::Permit permit = co_await visit.run.active_nodes.acquire(visit.cancel);
  if (visit.cancel.cancelled()) co_return cancelled();
  auto work = prepare(visit);
  if (!work) {
    visit.note_started();
    co_return failed(std::move(work).error());
  }
  visit.note_started(std::move(work->recorded));
  Effect activity = ActivityEffect{.path = visit.path,
                                   .node_id = visit.node.id,
                                   .type = std::string(visit.type()),
                                   .attempt = visit.attempt,
                                   .input = std::move(work->input),
                                   .timeout = work->timeout};
  EffectOutcome outcome =
      co_await EffectAwaiter(visit.run.runtime, visit.cancel, std::move(activity));
  co_return outcome;
}

}  // namespace goflow::engine
