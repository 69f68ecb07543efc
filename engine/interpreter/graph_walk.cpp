#include "engine/interpreter/graph_walk.hpp"

#include "engine/interpreter/outcome.hpp"

#include <string>
#include <utility>
#include <variant>

namespace goflow::engine {

namespace {

bool is_taken(core::Route route, const NodeEnd& end, core::OnError on_error) {
  const bool went_on =
      end.status == core::NodeStatus::completed || end.status == core::NodeStatus::skipped;
  switch (route) {
    case core::Route::always:
      return went_on || (end.failure_is_handled && on_error == core::OnError::keep_going);
    case core::Route::when_true:
      return went_on && end.value == core::Value(true);
    case core::Route::when_false:
      return went_on && end.value == core::Value(false);
    case core::Route::on_failure:
      return end.failure_is_handled && on_error == core::OnError::go_to;
  }
  return false;
}

}  // namespace

GraphWalk::GraphWalk(RunContext& run,
                     const GraphPlan& plan,
                     Scope& scope,
                     CancelScope& cancel,
                     std::size_t most_at_once)
    : run_(run),
      plan_(plan),
      scope_(scope),
      cancel_(&cancel),
      most_at_once_(most_at_once),
      states_(plan.stops.size()) {
  for (Place place = 0; place < plan_.stops.size(); ++place) {
    states_[place].unsettled = plan_.stops[place].entries;
  }
}

Task<EffectOutcome> GraphWalk::run() {
  for (Place place = 0; place < plan_.stops.size(); ++place) {
    if (plan_.stops[place].entries == 0) make_ready(place);
  }
  start_ready();
  while (active_ > 0) {
    const Ended ended = co_await ended_.next();
    on_ended(ended);
    start_ready();
  }
  co_return outcome();
}

const core::Node& GraphWalk::node_at(Place place) const {
  return run_.workflow.nodes[plan_.stops[place].node];
}

bool GraphWalk::is_counted(Place place) const {
  const core::NodeWork& work = node_at(place).work;
  return !std::holds_alternative<core::WaitNode>(work) &&
         !std::holds_alternative<core::SignalNode>(work);
}

void GraphWalk::make_ready(Place place) {
  (is_counted(place) ? ready_ : ready_to_wait_).insert(place);
}

std::optional<GraphWalk::Place> GraphWalk::take_ready() {
  std::set<Place>* from = nullptr;
  if (!ready_.empty() && counted_ < most_at_once_) from = &ready_;
  if (!ready_to_wait_.empty() && (!from || *ready_to_wait_.begin() < *from->begin())) {
    from = &ready_to_wait_;
  }
  if (!from) return std::nullopt;
  return from->extract(from->begin()).value();
}

void GraphWalk::start_ready() {
  while (!cancel_.cancelled()) {
    const auto place = take_ready();
    if (!place) return;
    ++active_;
    if (is_counted(*place)) ++counted_;
    auto& task = states_[*place].task;
    task.emplace(run_at(*place));
    task->start(run_.queue);
  }
}

Task<void> GraphWalk::run_at(Place place) {
  NodeEnd end = co_await run_node(run_, plan_.stops[place].node, scope_, cancel_);
  Ended ended{.place = place, .end = std::move(end)};
  ended_.post(std::move(ended));
}

void GraphWalk::on_ended(const Ended& ended) {
  --active_;
  if (is_counted(ended.place)) --counted_;
  states_[ended.place].task.reset();
  const NodeEnd& end = ended.end;
  if (end.status == core::NodeStatus::cancelled) return;
  if (end.status == core::NodeStatus::failed && !end.failure_is_handled) {
    if (!failure_) failure_ = end.failure;
    cancel_.cancel();
    return;
  }
  ++settled_;
  if (!cancel_.cancelled()) settle_exits(ended.place, end);
}

void GraphWalk::settle_exits(Place place, const NodeEnd& end) {
  const core::OnError on_error = node_at(place).on_error;
  std::vector<Place> dead;
  for (const auto& exit : plan_.stops[place].exits) {
    settle_edge(exit.to, is_taken(exit.route, end, on_error), dead);
  }
  for (std::size_t next = 0; next < dead.size(); ++next) {
    note_not_taken(dead[next]);
    for (const auto& exit : plan_.stops[dead[next]].exits)
      settle_edge(exit.to, false, dead);
  }
}

void GraphWalk::settle_edge(Place to, bool taken, std::vector<Place>& dead) {
  State& state = states_[to];
  state.is_wanted = state.is_wanted || taken;
  if (--state.unsettled > 0) return;
  if (state.is_wanted) {
    make_ready(to);
  } else {
    dead.push_back(to);
  }
}

void GraphWalk::note_not_taken(Place place) {
  ++settled_;
  const core::Node& node = node_at(place);
  run_.runtime.note(NodeFinished{.path = scope_.path_of(node.id),
                                 .node_id = node.id,
                                 .type = std::string(core::type_name(node.work)),
                                 .status = core::NodeStatus::skipped,
                                 .skip_reason = "not_taken"});
  scope_.record(plan_.stops[place].node, NodeRecord{.status = core::NodeStatus::skipped});
}

EffectOutcome GraphWalk::outcome() const {
  if (failure_) return failed(*failure_);
  if (settled_ < plan_.stops.size()) return cancelled();
  const NodeRecord* last = plan_.last ? scope_.find_record(*plan_.last) : nullptr;
  return completed(last && last->value ? *last->value : core::Value());
}

}  // namespace goflow::engine
