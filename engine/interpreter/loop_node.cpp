#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/gathered_size.hpp"
#include "engine/interpreter/graph_plan.hpp"
#include "engine/interpreter/graph_walk.hpp"
#include "engine/interpreter/lanes.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"
#include "engine/interpreter/rounds.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace goflow::engine {

namespace {

/// Every round goes on with the variables as the one before left them.
Task<EffectOutcome> run_in_order(NodeVisit& visit,
                                 const Rounds& rounds,
                                 const GraphPlan& body,
                                 CancelScope& cancel,
                                 Rounds::Extent& extent) {
  core::Array values;
  GatheredSize size("rounds");
  for (Rounds::Index index = 0; !cancel.cancelled(); ++index) {
    if (index > 0 && !rounds.is_after_last(index)) {
      Effect turn = rounds.turn_of(index);
      const EffectOutcome given =
          co_await EffectAwaiter(visit.run.runtime, cancel, std::move(turn));
      if (!is_completed(given) || cancel.cancelled()) break;
    }
    Scope round(visit.scope, visit.scope.variables(), rounds.path_of(index));
    const auto next = rounds.enter(round, index);
    if (!next) co_return failed(next.error());
    if (*next == Rounds::Next::broken) extent.break_index = index;
    if (*next != Rounds::Next::round) co_return completed(std::move(values));
    GraphWalk walk(visit.run, body, round, cancel);
    EffectOutcome outcome = co_await walk.run();
    if (!is_completed(outcome)) co_return outcome;
    if (auto fits = size.add(outcome.value); !fits) co_return failed(std::move(fits).error());
    values.push_back(std::move(outcome.value));
    extent.finished = index + 1;
    visit.run.runtime.note(rounds.progress(extent.finished));
  }
  co_return cancelled();
}

/// The rounds that have run to their end, by index.
class ParallelResults {
 public:
  /// Fails when all of them would be too large for a value.
  core::Result<void, core::Failure> add(Lanes::Ended ended) {
    GOFLOW_TRY(size_.add(ended.outcome.value));
    ended_.emplace(ended.index, std::move(ended));
    return {};
  }
  [[nodiscard]] Rounds::Index count() const { return static_cast<Rounds::Index>(ended_.size()); }

  [[nodiscard]] core::Value value() const {
    core::Array values;
    for (const auto& [index, ended] : ended_)
      values.push_back(ended.outcome.value);
    return values;
  }

  void merge_variables(NodeVisit& visit) const {
    LaneMerge merge("rounds");
    for (const auto& [index, ended] : ended_)
      merge.add(std::to_string(index), ended.changes);
    merge.apply(visit);
  }

 private:
  std::map<Rounds::Index, Lanes::Ended> ended_;
  GatheredSize size_{"rounds"};
};

/// Every round works on a copy of the variables as they were before the first.
Task<EffectOutcome> run_side_by_side(NodeVisit& visit,
                                     const Rounds& rounds,
                                     const GraphPlan& body,
                                     std::size_t width,
                                     CancelScope& cancel,
                                     Rounds::Extent& extent) {
  Lanes lanes(visit, cancel);
  ParallelResults results;
  std::optional<core::Failure> failure;
  Rounds::Index started = 0;
  bool is_last_started = false;
  while (true) {
    while (!is_last_started && lanes.active() < width && !lanes.cancelled()) {
      const auto next = rounds.enter(lanes.prepare(started, rounds.path_of(started)), started);
      if (next && *next == Rounds::Next::round) {
        lanes.open(started, body, rounds.turn_of(started));
        ++started;
        continue;
      }
      lanes.drop(started);
      is_last_started = true;
      if (next && *next == Rounds::Next::broken) extent.break_index = started;
      if (next) break;
      failure = next.error();
      lanes.cancel();
    }
    if (lanes.active() == 0) break;

    Lanes::Ended ended = co_await lanes.next();
    if (is_failed(ended.outcome) && !failure) {
      failure = std::move(ended.outcome.failure);
      lanes.cancel();
    } else if (is_completed(ended.outcome)) {
      auto added = results.add(std::move(ended));
      if (!added && !failure) {
        failure = std::move(added).error();
        lanes.cancel();
      }
      visit.run.runtime.note(rounds.progress(results.count()));
    }
  }

  extent.finished = results.count();
  if (failure) co_return failed(*std::move(failure));
  if (!is_last_started || results.count() < started) co_return cancelled();
  results.merge_variables(visit);
  co_return completed(results.value());
}

}  // namespace

Task<EffectOutcome> run_loop(NodeVisit& visit, const core::LoopNode& loop, CancelScope& cancel) {
  if (cancel.cancelled()) co_return cancelled();
  Rounds rounds(visit, loop);
  if (auto prepared = rounds.prepare(); !prepared) co_return failed(std::move(prepared).error());
  const GraphPlan body(loop.body);
  Rounds::Extent extent;
  EffectOutcome outcome;
  if (loop.parallel > 1) {
    const auto width = static_cast<std::size_t>(loop.parallel);
    outcome = co_await run_side_by_side(visit, rounds, body, width, cancel, extent);
  } else {
    outcome = co_await run_in_order(visit, rounds, body, cancel, extent);
  }
  rounds.tell(extent);
  co_return outcome;
}

}  // namespace goflow::engine
