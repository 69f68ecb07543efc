// The rounds of one loop: their items, and after which of them it ends.
#pragma once

#include "core/base/result.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/interpreter/node_visit.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/scope.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace goflow::engine {

class Rounds {
 public:
  using Index = std::int64_t;
  enum class Next { round, end, broken };

  Rounds(NodeVisit& visit, const core::LoopNode& loop);

  /// Looks at the collection, if there is one; before the first round. Notes the start.
  core::Result<void, core::Failure> prepare();
  /// Gives the round's scope its item and says whether the round takes place.
  [[nodiscard]] core::Result<Next, core::Failure> enter(Scope& round, Index index) const;
  /// How far the loop came: so many rounds have run to their end, and where it broke off.
  struct Extent {
    Index finished = 0;
    std::optional<Index> break_index = std::nullopt;
  };
  /// For the record of the loop.
  void tell(const Extent& extent) const;

  /// To be awaited before a round is entered: rounds that only compute would let nobody else go on.
  [[nodiscard]] YieldEffect turn_of(Index index) const;
  /// Known before it is entered: it does not take place.
  [[nodiscard]] bool is_after_last(Index index) const { return total_ && index >= *total_; }
  [[nodiscard]] std::string path_of(Index index) const;
  [[nodiscard]] Progress progress(Index done) const;

 private:
  [[nodiscard]] core::Result<core::Value, core::Failure> collection() const;
  [[nodiscard]] core::Result<Next, core::Failure> decide(const Scope& round, Index index) const;

  NodeVisit& visit_;
  const core::LoopNode& loop_;
  const Slot item_;
  const Slot index_;
  std::optional<Index> total_ = std::nullopt;
  core::Value list_;  // null where the item is the number of the round
};

}  // namespace goflow::engine
