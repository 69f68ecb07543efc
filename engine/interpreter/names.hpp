// Every name that a workflow's expressions may read, looked up once and for all.
#pragma once

#include "core/workflow/workflow.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace goflow::engine {

using Slot = std::size_t;  // of a variable, among all variables of the workflow

class Names {
 public:
  struct Meaning {
    std::optional<Slot> slot = std::nullopt;
    // False: only a loop gives it a value, for its rounds.
    bool is_variable = false;
    std::optional<core::NodeIndex> node = std::nullopt;
  };

  explicit Names(const core::Workflow& workflow);

  /// nullptr: the workflow has no such name.
  [[nodiscard]] const Meaning* find(std::string_view name) const;
  /// Of a variable, an output, a loop item or a loop index of the workflow.
  [[nodiscard]] Slot slot(std::string_view name) const;
  [[nodiscard]] std::size_t slot_count() const { return slots_.size(); }
  [[nodiscard]] const std::string& name_of(Slot slot) const { return slots_[slot].name; }
  /// What was promised about its type; `any` where nothing was.
  [[nodiscard]] core::VariableType type_of(Slot slot) const { return slots_[slot].type; }
  /// In the order of the file.
  [[nodiscard]] const std::vector<std::string>& all() const { return all_; }

 private:
  struct SlotName {
    std::string name;
    core::VariableType type = core::VariableType::any;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  Meaning& meaning_of(const std::string& name);
  void add_slot(const std::string& name, core::VariableType type = core::VariableType::any);
  void add_variable(const std::string& name, core::VariableType type = core::VariableType::any);

  std::unordered_map<std::string, Meaning, Hash, std::equal_to<>> meanings_;
  std::vector<SlotName> slots_;
  std::vector<std::string> all_;
};

}  // namespace goflow::engine
