// One node on its way through a run, from its `when` to its last state.
#pragma once

#include "core/workflow/workflow.hpp"
#include "engine/interpreter/cancel_scope.hpp"
#include "engine/interpreter/environment.hpp"
#include "engine/interpreter/run_context.hpp"
#include "engine/interpreter/scope.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

struct NodeVisit {
  NodeVisit(RunContext& run_, core::NodeIndex index_, Scope& scope_, CancelScope& cancel_)
      : run(run_),
        index(index_),
        node(run_.workflow.nodes[index_]),
        scope(scope_),
        cancel(cancel_),
        path(scope_.path_of(node.id)) {}
  NodeVisit(const NodeVisit&) = delete;
  NodeVisit& operator=(const NodeVisit&) = delete;

  /// For this attempt's work; for anything besides, it has to be said for what.
  [[nodiscard]] ScopeEnvironment environment(std::string_view purpose = {}) const;
  [[nodiscard]] std::string_view type() const { return core::type_name(node.work); }
  /// Where the paths of what runs within this node begin. A repeated loop or parallel node does
  /// its work anew, so the work of its second attempt must not be found done under the old path.
  [[nodiscard]] std::string inner_path() const;

  void note_started(core::Object inputs = {});
  /// Gives the variable its value and notes that.
  void assign(Slot slot, core::Value value);

  RunContext& run;
  const core::NodeIndex index;
  const core::Node& node;
  Scope& scope;
  CancelScope& cancel;
  const std::string path;
  int attempt = 1;
  std::optional<core::Timestamp> started_at = std::nullopt;  // nullopt: it has not begun
  std::vector<std::string> warnings;
  core::Object facts;  // what its kind tells besides its value
};

}  // namespace goflow::engine
