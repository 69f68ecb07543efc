// What a workflow file may name that stands outside of it.
#pragma once

#include "core/expression/expression.hpp"
#include "core/expression/jq_program.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace goflow::core {

/// What jq itself finds wrong with one of several programs.
struct JqFault {
  std::size_t program = 0;
  ExpressionError error;
};

/// Asking has no effects. What cannot be answered is answered as if there were nothing.
class Surroundings {
 public:
  virtual ~Surroundings() = default;
  /// The text of a stored workflow; nullopt: there is none.
  [[nodiscard]] virtual std::optional<std::string> workflow(const std::string& id) const = 0;
  /// Of all stored workflows, for "did you mean …?".
  [[nodiscard]] virtual std::vector<std::string> workflow_ids() const = 0;
  /// Of the servers in the registry.
  [[nodiscard]] virtual std::vector<std::string> server_ids() const = 0;
  /// The first fault of each program that has one; that there is no jq is a fault of each.
  [[nodiscard]] virtual std::vector<JqFault> check_jq(
      std::span<const JqProgram> /*programs*/) const {
    return {};
  }
};

}  // namespace goflow::core
