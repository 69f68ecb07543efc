#include "engine/interpreter/graph_plan.hpp"
#include "engine/interpreter/graph_walk.hpp"
#include "engine/interpreter/lanes.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace goflow::engine {

namespace {

/// The rounds of one loop: their items, and after which of them it ends.
class Rounds {
 public:
  using Index = std::int64_t;
  enum class Next { round, end };

  Rounds(const NodeVisit& visit, const core::LoopNode& loop)
      : visit_(visit),
        loop_(loop),
        item_(visit.run.names.slot(loop.item)),
        index_(visit.run.names.slot(loop.item + "_index")) {}

  /// Looks at the collection, if there is one.
  core::Result<void, core::Failure> prepare() {
    if (!loop_.collection) return {};
    if (const auto* count = std::get_if<std::int64_t>(&*loop_.collection)) {
      total_ = *count;
    } else {
      GOFLOW_TRY(list_, collection());
      total_ = static_cast<Index>(list_.as_array().size());
    }
    if (*total_ <= loop_.max_iterations) return {};
    return data_failure(fmt::format(
        "the collection has {} items, max_iterations is {}", *total_, loop_.max_iterations));
  }

  /// Gives the round's scope its item and says whether the round takes place.
  core::Result<Next, core::Failure> enter(Scope& round, Index index) const {
    if (total_ && index >= *total_) return Next::end;
    round.set_local(
        item_,
        list_.is_array() ? list_.as_array()[static_cast<std::size_t>(index)] : core::Value(index));
    round.set_local(index_, index);
    const ScopeEnvironment environment(visit_.run, round, visit_.node.id, visit_.attempt);
    if (loop_.condition) {
      GOFLOW_TRY(const bool goes_on, evaluate_condition(*loop_.condition, environment));
      if (!goes_on) return Next::end;
      if (index >= loop_.max_iterations) {
        return data_failure(
            fmt::format("the loop wants more than max_iterations ({}) rounds", index));
      }
    }
    if (loop_.break_condition) {
      GOFLOW_TRY(const bool breaks, evaluate_condition(*loop_.break_condition, environment));
      if (breaks) return Next::end;
    }
    return Next::round;
  }

  [[nodiscard]] std::string path_of(Index index) const {
    return visit_.inner_path() + "[" + std::to_string(index) + "]";
  }

  [[nodiscard]] Progress progress(Index done) const {
    return Progress{.path = visit_.path, .done = done, .total = total_};
  }

 private:
  [[nodiscard]] core::Result<core::Value, core::Failure> collection() const {
    const ScopeEnvironment environment = visit_.environment();
    const auto* expression = std::get_if<core::Placed<core::Expression>>(&*loop_.collection);
    const auto* items = std::get_if<core::Placed<core::ValueTemplate>>(&*loop_.collection);
    GOFLOW_TRY(core::Value list,
               expression ? evaluate(*expression, environment) : evaluate(*items, environment));
    if (list.is_array()) return list;
    const std::string what = expression ? "'" + expression->what.text() + "'" : "the collection";
    return data_failure(
        fmt::format("{} is not iterable: got {}", what, core::to_string(list.kind())),
        expression ? expression->at : items->at);
  }

  const NodeVisit& visit_;
  const core::LoopNode& loop_;
  const Slot item_;
  const Slot index_;
  std::optional<Index> total_ = std::nullopt;
  core::Value list_;  // null where the item is the number of the round
};

/// Every round goes on with the variables as the one before left them.
Task<EffectOutcome> run_in_order(NodeVisit& visit,
                                 const Rounds& rounds,
                                 const GraphPlan& body,
                                 CancelScope& cancel) {
  core::Array values;
  for (Rounds::Index index = 0; !cancel.cancelled(); ++index) {
    Scope round(visit.scope, visit.scope.variables(), rounds.path_of(index));
    const auto next = rounds.enter(round, index);
    if (!next) co_return failed(next.error());
    if (*next == Rounds::Next::end) co_return completed(std::move(values));
    GraphWalk walk(visit.run, body, round, cancel);
    EffectOutcome outcome = co_await walk.run();
    if (!is_completed(outcome)) co_return outcome;
    values.push_back(std::move(outcome.value));
    visit.run.runtime.note(rounds.progress(index + 1));
  }
  co_return cancelled();
}

/// The rounds that have run to their end, by index.
class ParallelResults {
 public:
  void add(Lanes::Ended ended) { ended_.emplace(ended.index, std::move(ended)); }
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
};

/// Every round works on a copy of the variables as they were before the first.
Task<EffectOutcome> run_side_by_side(NodeVisit& visit,
                                     const Rounds& rounds,
                                     const GraphPlan& body,
                                     std::size_t width,
                                     CancelScope& cancel) {
  Lanes lanes(visit, cancel);
  ParallelResults results;
  std::optional<core::Failure> failure;
  Rounds::Index started = 0;
  bool is_last_started = false;
  while (true) {
    while (!is_last_started && lanes.active() < width && !lanes.cancelled()) {
      const auto next = rounds.enter(lanes.prepare(started, rounds.path_of(started)), started);
      if (next && *next == Rounds::Next::round) {
        lanes.open(started++, body);
        continue;
      }
      lanes.drop(started);
      is_last_started = true;
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
      results.add(std::move(ended));
      visit.run.runtime.note(rounds.progress(results.count()));
    }
  }

  if (failure) co_return failed(*std::move(failure));
  if (!is_last_started || results.count() < started) co_return cancelled();
  results.merge_variables(visit);
  co_return completed(results.value());
}

}  // namespace

Task<EffectOutcome> run_loop(NodeVisit& visit, const core::LoopNode& loop, CancelScope& cancel) {
  if (cancel.cancelled()) co_return cancelled();
  visit.note_started();
  Rounds rounds(visit, loop);
  if (auto prepared = rounds.prepare(); !prepared) co_return failed(std::move(prepared).error());
  const GraphPlan body(loop.body);
  EffectOutcome outcome;
  if (loop.parallel > 1) {
    const auto width = static_cast<std::size_t>(loop.parallel);
    outcome = co_await run_side_by_side(visit, rounds, body, width, cancel);
  } else {
    outcome = co_await run_in_order(visit, rounds, body, cancel);
  }
  co_return outcome;
}

}  // namespace goflow::engine
