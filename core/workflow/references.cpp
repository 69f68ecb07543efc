#include "core/workflow/references.hpp"

#include "core/workflow/inputs.hpp"
#include "core/workflow/workflow_chain.hpp"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace goflow::core {
namespace {

Span place_of(const NodeDraft& node, std::string_view key) {
  const YamlMember* member = node.map->find(key);
  return member == nullptr ? node.at : member->value->at;
}

class ReferenceCheck {
 public:
  ReferenceCheck(const Draft& draft, const Surroundings& surroundings, Problems& problems)
      : draft_(draft), surroundings_(surroundings), problems_(problems), stored_(surroundings) {}

  void check() {
    for (const NodeDraft& node : draft_.nodes) {
      if (const auto* tool = std::get_if<McpToolNode>(&node.node.work)) check_server(node, *tool);
      if (const auto* work = std::get_if<WorkflowNode>(&node.node.work))
        check_workflow(node, *work);
    }
  }

 private:
  void check_server(const NodeDraft& node, const McpToolNode& tool) {
    if (tool.server.empty() || draft_.servers.count(tool.server) > 0) return;
    if (!servers_) servers_ = surroundings_.server_ids();
    if (std::find(servers_->begin(), servers_->end(), tool.server) != servers_->end()) return;
    std::vector<std::string> known = *servers_;
    for (const auto& [id, at] : draft_.servers) {
      known.push_back(id);
    }
    std::sort(known.begin(), known.end());
    problems_.add(Rule::unknown_server,
                  place_of(node, "server"),
                  "undefined server '" + tool.server + "' of " + called(node) +
                      ": neither in the file nor in the registry",
                  problems_.suggest(tool.server, "servers", known));
  }

  void check_workflow(const NodeDraft& node, const WorkflowNode& work) {
    if (work.workflow.empty()) return;
    if (check_chain(node, work)) return;
    if (const Workflow* other = stored_.read(work.workflow))
      return check_inputs(node, work, *other);
    if (stored_.exists(work.workflow)) return;
    problems_.add(
        Rule::no_such_workflow,
        place_of(node, "workflow"),
        "there is no workflow '" + work.workflow + "' that " + called(node) + " could run",
        problems_.suggest(work.workflow, "workflows", surroundings_.workflow_ids()));
  }

  /// True when there is no end to it.
  bool check_chain(const NodeDraft& node, const WorkflowNode& work) {
    const auto chain = endless_chain(draft_.workflow.id, work.workflow, stored_);
    if (chain.empty()) return false;
    std::string way;
    for (const std::string& id : chain) {
      way += (way.empty() ? "" : " -> ") + id;
    }
    const bool is_circle = std::count(chain.begin(), chain.end(), chain.back()) > 1;
    problems_.add(
        Rule::workflow_chain,
        place_of(node, "workflow"),
        is_circle ? "workflow chain leads back to itself: " + way
                  : "workflow chain is deeper than " + std::to_string(deepest_chain) + ": " + way);
    return true;
  }

  void check_inputs(const NodeDraft& node, const WorkflowNode& work, const Workflow& other) {
    std::vector<std::string> names;
    for (const Variable& variable : other.variables) {
      names.push_back(variable.name);
      check_input(node, work, variable);
    }
    const YamlMember* inputs = node.map->find("inputs");
    for (const NamedValue& input : work.inputs) {
      if (std::find(names.begin(), names.end(), input.name) != names.end()) continue;
      problems_.add(Rule::bad_workflow_input,
                    inputs->value->find(input.name)->key_at,
                    "unknown input '" + input.name + "' of workflow '" + work.workflow + "' in " +
                        called(node),
                    problems_.suggest(input.name, "inputs", names));
    }
  }

  void check_input(const NodeDraft& node, const WorkflowNode& work, const Variable& variable) {
    const auto input =
        std::find_if(work.inputs.begin(), work.inputs.end(), [&](const NamedValue& one) {
          return one.name == variable.name;
        });
    const bool is_given = input != work.inputs.end();
    const auto literal = is_given ? input->value.what.literal() : std::nullopt;
    // What a placeholder yields is known only when it runs.
    if (is_given && !literal) return;
    const auto value = resolve_input(variable, literal ? &*literal : nullptr);
    if (value) return;
    const YamlMember* inputs = node.map->find("inputs");
    const YamlMember* written = inputs == nullptr ? nullptr : inputs->value->find(variable.name);
    problems_.add(Rule::bad_workflow_input,
                  written == nullptr ? place_of(node, inputs == nullptr ? "workflow" : "inputs")
                                     : written->value->at,
                  value.error() + ", for workflow '" + work.workflow + "' in " + called(node));
  }

  const Draft& draft_;
  const Surroundings& surroundings_;
  Problems& problems_;
  StoredWorkflows stored_;
  std::optional<std::vector<std::string>> servers_;
};

}  // namespace

void check_references(const Draft& draft, const Surroundings& surroundings, Problems& problems) {
  ReferenceCheck(draft, surroundings, problems).check();
}

}  // namespace goflow::core
