// What the expressions of one node can see: its scope, its input and `goflow`.
#pragma once

#include "core/expression/expression.hpp"
#include "engine/interpreter/run_context.hpp"
#include "engine/interpreter/scope.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::engine {

/// Short-lived: made for one evaluation, or for several that belong together and share one now().
class ScopeEnvironment final : public core::Environment {
 public:
  /// `node_id` is empty outside of nodes.
  ScopeEnvironment(const RunContext& run, const Scope& scope, std::string_view node_id, int attempt)
      : run_(run), scope_(scope), node_id_(node_id), attempt_(attempt) {}

  /// The value called `input`, unless a variable has that name.
  void set_input(core::Value input) { input_ = std::move(input); }

  [[nodiscard]] core::Binding lookup(std::string_view name) const override;
  [[nodiscard]] std::vector<std::string> names() const override;
  [[nodiscard]] core::Timestamp now() const override;

 private:
  [[nodiscard]] core::Binding variable(Slot slot) const;
  [[nodiscard]] core::Binding node_value(core::NodeIndex node) const;
  [[nodiscard]] core::Value about_run() const;
  [[nodiscard]] core::Value about_nodes() const;

  const RunContext& run_;
  const Scope& scope_;
  std::string_view node_id_;
  int attempt_;
  std::optional<core::Value> input_ = std::nullopt;
  mutable std::optional<core::Timestamp> now_ = std::nullopt;
};

/// Every variable that has a value, loop items included, in the order of the file.
core::Object variables_with_values(const RunContext& run, const Scope& scope);

}  // namespace goflow::engine
