// What a workflow file may name that stands outside of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

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
};

}  // namespace goflow::core
