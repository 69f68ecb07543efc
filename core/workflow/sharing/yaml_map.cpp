#include "core/workflow/sharing/yaml_map.hpp"

#include "core/workflow/problems.hpp"
#include "core/workflow/yaml/text_check.hpp"

namespace goflow::core {

Result<YamlPtr> read_yaml_map(std::string_view text, std::string_view file) {
  const SourceText source(text);
  Problems problems(source);
  YamlPtr root;
  if (check_text(source, problems)) root = read_yaml(source, problems);
  const auto found = problems.take();
  if (root != nullptr && root->is_map()) return root;
  if (found.empty()) {
    return Error{ErrorCode::invalid_workflow, std::string(file) + ": the workflow is not a map"};
  }
  const Diagnostic& first = found.front();
  return Error{ErrorCode::invalid_workflow,
               std::string(file) + ":" + std::to_string(first.at.line) + ":" +
                   std::to_string(first.at.column) + ": " + first.message}
      .with_hint(first.hint);
}

}  // namespace goflow::core
