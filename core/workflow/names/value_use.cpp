#include "core/workflow/names/value_use.hpp"

#include <string>
#include <string_view>
#include <unordered_set>

namespace goflow::core {
namespace {

/// The ids that expressions mention, as names or in goflow.nodes["id"].
class MentionedNodes {
 public:
  explicit MentionedNodes(const std::vector<Formula>& formulas) {
    for (const Formula& formula : formulas) {
      for (const NameInFile& use : formula.names) {
        ids_.insert(use.name);
        if (use.name == "goflow") read_nodes_of_goflow(formula.text);
      }
    }
  }

  [[nodiscard]] bool contains(const std::string& id) const { return all_ || ids_.count(id) > 0; }

 private:
  void read_nodes_of_goflow(std::string_view text) {
    constexpr std::string_view literal = "nodes[";
    // Without its parts spelled out it may be any node: `let g = goflow; …`.
    if (text.find("goflow.") == std::string_view::npos) all_ = true;
    for (std::size_t at = text.find("nodes"); at != std::string_view::npos;
         at = text.find("nodes", at + 1)) {
      const std::size_t begin = at + literal.size() + 1;
      const bool is_literal = text.substr(at, literal.size()) == literal && begin <= text.size() &&
                              (text[begin - 1] == '"' || text[begin - 1] == '\'');
      const std::size_t end =
          is_literal ? text.find(text[begin - 1], begin) : std::string_view::npos;
      if (end == std::string_view::npos) {
        all_ = true;
      } else {
        ids_.emplace(text.substr(begin, end - begin));
      }
    }
  }

  std::unordered_set<std::string> ids_;
  bool all_ = false;
};

}  // namespace

void find_unused_values(Draft& draft, const Flow& flow) {
  const MentionedNodes mentioned(draft.formulas);
  std::unordered_set<NodeIndex> last;
  for (const Graph& graph : flow.graphs) {
    if (graph.last) last.insert(*graph.last);
  }
  for (NodeIndex index = 0; index < draft.nodes.size(); ++index) {
    Node& node = draft.nodes[index].node;
    auto* shell = std::get_if<ShellNode>(&node.work);
    if (shell == nullptr) continue;
    shell->value_is_used = shell->parse != OutputParse::text || node.output ||
                           mentioned.contains(node.id) || last.count(index) > 0;
  }
}

}  // namespace goflow::core
