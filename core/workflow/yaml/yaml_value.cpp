#include "core/workflow/yaml/yaml_value.hpp"

#include "core/value/exact_json.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/yaml/text_check.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

namespace goflow::core {

Result<Value> parse_yaml(std::string_view text) {
  // YAML knows no pairs of surrogates, with which JSON may write what is beyond \uFFFF.
  if (auto exact = parse_exact_json(text)) return *std::move(exact);
  const SourceText source(text);
  Problems problems(source);
  YamlPtr root;
  if (check_text(source, problems)) root = read_yaml(source, problems);
  const std::vector<Diagnostic> faults = problems.take();
  if (root && faults.empty()) return to_value(*root);
  const Diagnostic& fault = faults.front();
  return Error{ErrorCode::invalid_argument,
               "line " + std::to_string(fault.at.line) + ", column " +
                   std::to_string(fault.at.column) + ": " + fault.message,
               fault.hint};
}

}  // namespace goflow::core
