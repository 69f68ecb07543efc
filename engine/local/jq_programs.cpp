#include "engine/local/jq_programs.hpp"

#include <variant>

namespace goflow::engine {

std::vector<core::JqProgram> jq_programs(const core::Workflow& workflow) {
  std::vector<core::JqProgram> programs;
  for (const core::Node& node : workflow.nodes) {
    const auto* transform = std::get_if<core::TransformNode>(&node.work);
    if (transform == nullptr) continue;
    const auto* program = std::get_if<core::Placed<core::JqProgram>>(&transform->program);
    if (program != nullptr) programs.push_back(program->what);
  }
  return programs;
}

}  // namespace goflow::engine
