// What the expressions of one node can see: its scope, its input and `goflow`.
#pragma once

#include "core/expression/expression.hpp"
#include "engine/interpreter/run_context.hpp"
#include "engine/interpreter/scope.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::engine {

/// Short-lived: made for one evaluation, or for several that belong together and share one now().
class ScopeEnvironment final : public core::Environment {
 public:
  /// `node_id` is empty outside of nodes. Of two evaluations for one attempt of a node, one has to
  /// say what it is for: "when".
  ScopeEnvironment(const RunContext& run,
                   const Scope& scope,
                   std::string_view node_id,
                   int attempt,
                   std::string_view purpose = {})
      : run_(run), scope_(scope), node_id_(node_id), attempt_(attempt), purpose_(purpose) {}

  /// The value called `input`, unless a variable has that name.
  void set_input(core::Value input) { input_ = std::move(input); }
  /// For what is recorded: texts that ask for a credential stay as they are written.
  void keep_secrets_back() { keeps_secrets_back_ = true; }
  /// Whether anything has asked for a credential so far.
  [[nodiscard]] bool was_asked_for_secret() const { return was_asked_for_secret_; }
  /// Whether one of those is missing.
  [[nodiscard]] bool lacks_secret() const { return lacks_secret_; }
  /// Those that cannot be masked, by name.
  [[nodiscard]] const std::set<std::string>& bare_secrets() const { return bare_secrets_; }

  [[nodiscard]] core::Binding lookup(std::string_view name) const override;
  [[nodiscard]] std::vector<std::string> names() const override;
  [[nodiscard]] core::Timestamp now() const override;
  /// Made of where it stands in the run instead of chance, so that a replay makes the same.
  [[nodiscard]] std::string uuid() const override;
  [[nodiscard]] std::optional<std::string> process_variable(const std::string& name) const override;
  [[nodiscard]] core::Result<core::Value> secret(const std::string& name) const override;
  [[nodiscard]] bool keeps_secrets_back() const override { return keeps_secrets_back_; }

 private:
  [[nodiscard]] core::Binding variable(Slot slot) const;
  [[nodiscard]] core::Binding node_value(core::NodeIndex node) const;
  [[nodiscard]] core::Value about_run() const;
  [[nodiscard]] core::Value about_nodes() const;

  const RunContext& run_;
  const Scope& scope_;
  std::string_view node_id_;
  int attempt_;
  std::string_view purpose_;
  std::optional<core::Value> input_ = std::nullopt;
  mutable std::optional<core::Timestamp> now_ = std::nullopt;
  mutable int uuids_ = 0;
  mutable bool was_asked_for_secret_ = false;
  mutable bool lacks_secret_ = false;
  mutable std::set<std::string> bare_secrets_;
  bool keeps_secrets_back_ = false;
};

/// Those of the run as they are before the first node.
Variables given_variables(const RunContext& run);
/// Every variable that has a value, loop items included, in the order of the file.
core::Object variables_with_values(const RunContext& run, const Scope& scope);

}  // namespace goflow::engine
