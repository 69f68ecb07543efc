// Walks that run side by side, each on its own copy of the variables: branches, parallel rounds.
#pragma once

#include "engine/interpreter/cancel_scope.hpp"
#include "engine/interpreter/graph_plan.hpp"
#include "engine/interpreter/mailbox.hpp"
#include "engine/interpreter/node_visit.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/scope.hpp"
#include "engine/interpreter/task.hpp"
#include "engine/interpreter/variables.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::engine {

class Lanes {
 public:
  using Index = std::int64_t;

  struct Ended {
    Index index = 0;
    EffectOutcome outcome = {};
    VariableChanges changes = {};  // what was assigned in the lane
  };

  /// All lanes see the variables as they are now.
  Lanes(NodeVisit& visit, CancelScope& cancel);
  ~Lanes();
  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;

  /// The scope of a lane that is to be opened; its locals can be set before.
  Scope& prepare(Index index, const std::string& path);
  /// `turn` is awaited before the lane is walked.
  void open(Index index, const GraphPlan& plan, std::optional<YieldEffect> turn = std::nullopt);
  /// Forgets a lane that was prepared and will not be opened.
  void drop(Index index);
  [[nodiscard]] std::size_t active() const { return lanes_.size(); }
  /// The next lane that ends; there must be an active one.
  Task<Ended> next();

  void cancel() { cancel_.cancel(); }
  [[nodiscard]] bool cancelled() const { return cancel_.cancelled(); }

 private:
  struct Lane;

  Task<void> walk(Index index, const GraphPlan& plan, std::optional<YieldEffect> turn);

  NodeVisit& visit_;
  CancelScope cancel_;
  const Variables snapshot_;
  Mailbox<Index> ended_;
  std::map<Index, std::unique_ptr<Lane>> lanes_;
};

/// Brings back what lanes assigned, in order of index, to the scope of their node; a warning where
/// several assigned the same variable.
class LaneMerge {
 public:
  /// `kind` is the word for the lanes in warnings: "branches".
  explicit LaneMerge(std::string_view kind) : kind_(kind) {}

  /// In order of index.
  void add(const std::string& label, const VariableChanges& changes);
  void apply(NodeVisit& visit) const;

 private:
  struct Assigned {
    core::Value value;
    std::string by;
    std::string by_before = {};  // the one whose value is lost
  };

  std::string_view kind_;
  std::map<Slot, Assigned> assigned_;
};

}  // namespace goflow::engine
