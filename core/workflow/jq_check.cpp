#include "core/workflow/jq_check.hpp"

#include "core/workflow/compiler.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace goflow::core {
namespace {

/// A program, and the text that it was written in.
struct Written {
  const NodeDraft* node;
  const Placed<JqProgram>* program;
  const YamlNode* scalar;
};

std::vector<Written> written_programs(const Draft& draft) {
  std::vector<Written> found;
  for (const NodeDraft& node : draft.nodes) {
    const auto* transform = std::get_if<TransformNode>(&node.node.work);
    if (transform == nullptr) continue;
    const auto* program = std::get_if<Placed<JqProgram>>(&transform->program);
    if (program == nullptr) continue;
    const YamlMember* key = node.map->find("jq");
    if (key == nullptr) key = node.map->find("expression");
    found.push_back({&node, program, key->value});
  }
  return found;
}

Mark mark_of(const Written& written, const ExpressionError& error, const SourceText& source) {
  const std::string& text = written.program->what.text();
  return mark_of(
      source, *written.scalar, {text, written.scalar->text.find(text), error.begin, error.end});
}

}  // namespace

void check_jq(const Draft& draft, const Surroundings& surroundings, Problems& problems) {
  const std::vector<Written> written = written_programs(draft);
  if (written.empty()) return;
  std::vector<JqProgram> programs;
  programs.reserve(written.size());
  for (const Written& one : written) {
    programs.push_back(one.program->what);
  }
  for (const JqFault& fault : surroundings.check_jq(programs)) {
    const Written& culprit = written[fault.program];
    problems.add(Rule::bad_jq,
                 mark_of(culprit, fault.error, problems.source()),
                 culprit.program->called + ": " + fault.error.message,
                 fault.error.hint);
  }
}

}  // namespace goflow::core
