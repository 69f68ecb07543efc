// Where names get their values: the run, and within it each branch and each round of a loop.
#pragma once

#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/interpreter/variables.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::engine {

/// What became of a node, as later nodes see it.
struct NodeRecord {
  core::NodeStatus status = core::NodeStatus::completed;
  // nullopt: reading it is an error; the node did not run.
  std::optional<core::Value> value = std::nullopt;
  std::optional<core::Failure> failure = std::nullopt;
  int attempts = 0;
  std::optional<core::Timestamp> started_at = std::nullopt;  // of its last attempt
  std::optional<core::Timestamp> completed_at = std::nullopt;
};

class Scope {
 public:
  /// Of the run itself.
  explicit Scope(Variables& variables) : variables_(variables) {}
  /// Of a branch or round within `parent`, whose variables may be the same or a copy.
  Scope(Scope& parent, Variables& variables, std::string path)
      : parent_(&parent), variables_(variables), path_(std::move(path)) {}
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

  /// Item and index of a loop: they hide variables and end with the scope.
  void set_local(Slot slot, core::Value value);
  [[nodiscard]] const core::Value* local(Slot slot) const;
  /// The local, else the variable; nullptr: it has no value.
  [[nodiscard]] const core::Value* value(Slot slot) const;

  struct Assignment {
    std::string scope;  // path of the branch or round to which it is confined
    std::optional<core::Value> old_value = std::nullopt;
  };
  Assignment assign(Slot slot, core::Value value);

  void record(core::NodeIndex node, NodeRecord record);
  /// Of this scope or those around it; nullptr: it has not ended.
  [[nodiscard]] const NodeRecord* find_record(core::NodeIndex node) const;
  /// All that find_record can find, in the order of the file.
  [[nodiscard]] std::map<core::NodeIndex, const NodeRecord*> records() const;

  [[nodiscard]] std::string path_of(std::string_view node_id) const;
  [[nodiscard]] const Variables& variables() const { return variables_; }
  Variables& variables() { return variables_; }

 private:
  [[nodiscard]] Scope* owner_of_local(Slot slot);

  Scope* parent_ = nullptr;
  Variables& variables_;
  std::string path_;
  std::vector<std::pair<Slot, core::Value>> locals_;
  std::map<core::NodeIndex, NodeRecord> records_;
};

}  // namespace goflow::engine
