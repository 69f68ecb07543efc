// Walks the nodes of one scope in the order of their edges, side by side where nothing orders them.
#pragma once

#include "core/execution/execution.hpp"
#include "engine/interpreter/cancel_scope.hpp"
#include "engine/interpreter/graph_plan.hpp"
#include "engine/interpreter/mailbox.hpp"
#include "engine/interpreter/node_run.hpp"
#include "engine/interpreter/run_context.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/scope.hpp"
#include "engine/interpreter/task.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <set>
#include <vector>

namespace goflow::engine {

/// 1. Every edge is settled once: taken or not. A node is ready when all that lead to it are, if
///    at least one was taken; else it is skipped, and its own edges are not taken.
/// 2. Ready nodes start in the order of the file, at most `most_at_once` of them; those that only
///    wait are not counted.
/// 3. The first unhandled failure cancels what is under way, and nothing more starts.
class GraphWalk {
 public:
  GraphWalk(RunContext& run,
            const GraphPlan& plan,
            Scope& scope,
            CancelScope& cancel,
            std::size_t most_at_once = std::numeric_limits<std::size_t>::max());

  /// Yields the value of the graph's last node; null where that was skipped.
  Task<EffectOutcome> run();
  /// Present from the moment of the failure on, while others are still ending.
  [[nodiscard]] const std::optional<core::Failure>& failure() const { return failure_; }

 private:
  using Place = std::size_t;  // in the plan
  struct Ended {
    Place place = 0;
    NodeEnd end;
  };
  struct State {
    std::size_t unsettled = 0;  // edges that lead here
    bool is_wanted = false;     // one of them was taken
    std::optional<Task<void>> task = std::nullopt;
  };

  [[nodiscard]] const core::Node& node_at(Place place) const;
  [[nodiscard]] bool is_counted(Place place) const;
  void make_ready(Place place);
  std::optional<Place> take_ready();
  void start_ready();
  Task<void> run_at(Place place);
  void on_ended(const Ended& ended);
  void settle_exits(Place place, const NodeEnd& end);
  void settle_edge(Place to, bool taken, std::vector<Place>& dead);
  void note_not_taken(Place place);
  [[nodiscard]] EffectOutcome outcome() const;

  RunContext& run_;
  const GraphPlan& plan_;
  Scope& scope_;
  CancelScope cancel_;
  const std::size_t most_at_once_;
  std::set<Place> ready_;
  std::set<Place> ready_to_wait_;
  std::size_t active_ = 0;   // waiting nodes included
  std::size_t counted_ = 0;  // without them
  std::size_t settled_ = 0;  // nodes whose exits are, or would be but for a cancellation
  std::optional<core::Failure> failure_ = std::nullopt;
  Mailbox<Ended> ended_;
  std::vector<State> states_;  // after all that its tasks use
};

}  // namespace goflow::engine
