// Workflows that run other workflows: how far that goes, and whether it ever ends.
#pragma once

#include "core/workflow/surroundings.hpp"
#include "core/workflow/workflow.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace goflow::core {

/// Stored workflows as they are read, each once.
class StoredWorkflows {
 public:
  /// `surroundings` must outlive this.
  explicit StoredWorkflows(const Surroundings& surroundings) : surroundings_(surroundings) {}

  /// Whether there is a workflow of this id, sound or not.
  bool exists(const std::string& id) { return find(id).exists; }
  /// nullptr: there is none, or it has errors.
  const Workflow* read(const std::string& id);

 private:
  struct Stored {
    bool exists = false;
    std::optional<Workflow> workflow = std::nullopt;
  };

  const Stored& find(const std::string& id);

  const Surroundings& surroundings_;
  std::unordered_map<std::string, Stored> known_;
};

/// The workflows that a workflow runs, each once, in the order of its nodes.
std::vector<std::string> run_by(const Workflow& workflow);

/// The first way from `from` by way of `first` that leads back to itself, or to more workflows than
/// may run within each other: "a", "b", "a". Empty when there is none.
std::vector<std::string> endless_chain(const std::string& from,
                                       const std::string& first,
                                       StoredWorkflows& stored);

/// How far below the outermost workflow another may run.
constexpr std::size_t deepest_chain = 16;

}  // namespace goflow::core
