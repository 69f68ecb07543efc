#include "cli/arguments/stored_surroundings.hpp"

#include "cli/arguments/jq_command.hpp"
#include "engine/jq/check.hpp"

#include <utility>

namespace goflow::cli {

std::optional<std::string> StoredSurroundings::workflow(const std::string& id) const {
  const auto store = context_.workflows();
  if (!store) return std::nullopt;
  auto found = (*store)->find(id);
  if (!found || !*found) return std::nullopt;
  return std::move((*found)->text);
}

std::vector<std::string> StoredSurroundings::workflow_ids() const {
  const auto store = context_.workflows();
  if (!store) return {};
  auto ids = (*store)->ids();
  return ids ? *std::move(ids) : std::vector<std::string>();
}

std::vector<std::string> StoredSurroundings::server_ids() const {
  auto ids = context_.servers().ids();
  return ids ? *std::move(ids) : std::vector<std::string>();
}

std::vector<core::JqFault> StoredSurroundings::check_jq(
    std::span<const core::JqProgram> programs) const {
  return engine::check_jq_programs(jq_command(), programs);
}

}  // namespace goflow::cli
