// Which names exist in a workflow, and which of them an expression can see.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/flow/scopes.hpp"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace goflow::core {

class NameTable {
 public:
  /// Both must outlive this.
  NameTable(const Draft& draft, const Scopes& scopes);

  [[nodiscard]] bool is_visible(const std::string& name, const FormulaPlace& from) const;
  /// The item or index of some loop, wherever.
  [[nodiscard]] bool is_item(const std::string& name) const { return items_.count(name) > 0; }
  /// Declared, or the output of a node.
  [[nodiscard]] bool is_variable(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> visible_names(const FormulaPlace& from) const;

  /// The nodes whose output the variable is, in the order of the file.
  [[nodiscard]] const std::vector<NodeIndex>& writers_of(const std::string& name) const;
  /// The node whose value the name means, unless a variable has that name.
  [[nodiscard]] std::optional<NodeIndex> node_called(const std::string& name) const;
  [[nodiscard]] const std::unordered_map<std::string, std::vector<NodeIndex>>& outputs() const {
    return outputs_;
  }
  /// Names of the items and indexes of the loops around a node, innermost first.
  [[nodiscard]] std::vector<std::string> items_around(NodeIndex node) const;

 private:
  [[nodiscard]] std::vector<std::string> items_seen(const FormulaPlace& from) const;
  void add_items_of(NodeIndex loop, std::vector<std::string>& names) const;

  const Draft& draft_;
  const Scopes& scopes_;
  std::unordered_map<std::string, std::vector<NodeIndex>> outputs_;
  std::unordered_set<std::string> items_;
};

/// Names under which a loop's body finds the element and its number.
std::vector<std::string> item_names(const Node& node);

}  // namespace goflow::core
