// The variables of a run, or a branch's or round's own copy of them.
#pragma once

#include "core/value/value.hpp"
#include "engine/interpreter/names.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goflow::engine {

/// Ordered by slot, so that merging does not depend on who assigned first.
using VariableChanges = std::map<Slot, core::Value>;

class Variables {
 public:
  explicit Variables(std::size_t count) : values_(count) {}

  /// As they are now, for a branch or round at this path; nothing is assigned in it yet.
  [[nodiscard]] Variables copy_for(std::string path) const;

  /// nullopt: it has no value yet.
  [[nodiscard]] const std::optional<core::Value>& value(Slot slot) const { return values_[slot]; }
  void assign(Slot slot, core::Value value);
  /// The last assignment to each since the copy was made.
  [[nodiscard]] const VariableChanges& changes() const { return changes_; }
  /// Path of the branch or round; empty for those of the run itself.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::vector<std::optional<core::Value>> values_;
  VariableChanges changes_;
  std::string path_;
};

}  // namespace goflow::engine
