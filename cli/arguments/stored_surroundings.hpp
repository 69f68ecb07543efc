// What workflow files may name outside of themselves, as this home directory has it.
#pragma once

#include "cli/context.hpp"
#include "core/workflow/surroundings.hpp"

namespace goflow::cli {

class StoredSurroundings final : public core::Surroundings {
 public:
  /// `context` must outlive this.
  explicit StoredSurroundings(Context& context) : context_(context) {}

  [[nodiscard]] std::optional<std::string> workflow(const std::string& id) const override;
  [[nodiscard]] std::vector<std::string> workflow_ids() const override;
  [[nodiscard]] std::vector<std::string> server_ids() const override;
  [[nodiscard]] std::vector<core::JqFault> check_jq(
      std::span<const core::JqProgram> programs) const override;

 private:
  Context& context_;
};

}  // namespace goflow::cli
