#include "engine/interpreter/lanes.hpp"

#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/graph_walk.hpp"
#include "engine/interpreter/outcome.hpp"

#include <fmt/format.h>

#include <utility>

namespace goflow::engine {

struct Lanes::Lane {
  Lane(Scope& outer, Variables copy, std::string path)
      : variables(std::move(copy)), scope(outer, variables, std::move(path)) {}

  Variables variables;
  Scope scope;
  EffectOutcome outcome;
  std::optional<Task<void>> task;
};

Lanes::Lanes(NodeVisit& visit, CancelScope& cancel)
    : visit_(visit), cancel_(&cancel), snapshot_(visit.scope.variables()) {}

Lanes::~Lanes() = default;

Scope& Lanes::prepare(Index index, const std::string& path) {
  auto lane = std::make_unique<Lane>(visit_.scope, snapshot_.copy_for(path), path);
  return lanes_.emplace(index, std::move(lane)).first->second->scope;
}

void Lanes::open(Index index, const GraphPlan& plan, std::optional<YieldEffect> turn) {
  auto& task = lanes_.at(index)->task;
  task.emplace(walk(index, plan, std::move(turn)));
  task->start(visit_.run.queue);
}

void Lanes::drop(Index index) {
  lanes_.erase(index);
}

Task<Lanes::Ended> Lanes::next() {
  const Index index = co_await ended_.next();
  const auto lane = lanes_.extract(index);
  Ended ended{.index = index,
              .outcome = std::move(lane.mapped()->outcome),
              .changes = lane.mapped()->variables.changes()};
  co_return ended;
}

Task<void> Lanes::walk(Index index, const GraphPlan& plan, std::optional<YieldEffect> turn) {
  Lane& lane = *lanes_.at(index);
  if (turn) {
    Effect yield = *std::move(turn);
    lane.outcome = co_await EffectAwaiter(visit_.run.runtime, cancel_, std::move(yield));
  }
  if (is_completed(lane.outcome)) {
    GraphWalk walk(visit_.run, plan, lane.scope, cancel_);
    lane.outcome = co_await walk.run();
  }
  ended_.post(index);
}

void LaneMerge::add(const std::string& label, const VariableChanges& changes) {
  for (const auto& [slot, value] : changes) {
    const auto [place, is_first] =
        assigned_.try_emplace(slot, Assigned{.value = value, .by = label});
    if (is_first) continue;
    Assigned& assigned = place->second;
    assigned.value = value;
    assigned.by_before = std::exchange(assigned.by, label);
  }
}

void LaneMerge::apply(NodeVisit& visit) const {
  for (const auto& [slot, assigned] : assigned_) {
    if (!assigned.by_before.empty()) {
      visit.warnings.push_back(fmt::format("{} {} and {} both assigned '{}'; that of {} counts",
                                           kind_,
                                           assigned.by_before,
                                           assigned.by,
                                           visit.run.names.name_of(slot),
                                           assigned.by));
    }
    visit.assign(slot, assigned.value);
  }
}

}  // namespace goflow::engine
