#include "core/workflow/names/data_flow.hpp"

#include "core/workflow/names/timing.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace goflow::core {
namespace {

class DataFlow {
 public:
  DataFlow(const Draft& draft, const Flow& flow, const NameTable& names, Problems& problems)
      : draft_(draft), flow_(flow), names_(names), problems_(problems), timing_(flow) {}

  void check() {
    for (const Formula& formula : draft_.formulas) {
      if (!formula.place.node) continue;
      for (const NameInFile& use : formula.names) {
        if (!use.guarded) check_written_before(formula.place, use);
        check_not_written_meanwhile(formula.place, use);
      }
    }
    for (const auto& [name, writers] : names_.outputs()) {
      check_nodes(name, writers);
      check_branches(name, writers);
    }
  }

 private:
  void check_written_before(const FormulaPlace& place, const NameInFile& use) {
    if (is_item_here(place, use.name) || draft_.variables.count(use.name) > 0) return;
    const NodeIndex reader = *place.node;
    if (const auto node = names_.node_called(use.name)) {
      if (can_precede(*node, place)) return;
      problems_.add(Rule::read_before_written,
                    use.at,
                    "node '" + use.name + "' has no value yet in " + place.called);
      return;
    }
    const auto& writers = names_.writers_of(use.name);
    const bool can_be_written = std::any_of(writers.begin(), writers.end(), [&](NodeIndex writer) {
      return can_precede(writer, place) || may_meet(writer, reader);
    });
    if (writers.empty() || can_be_written) return;
    problems_.add(Rule::read_before_written,
                  use.at,
                  "no node can have written variable '" + use.name + "' before " + place.called,
                  "declare it with a default, or write " + use.name + " ?? …");
  }

  void check_not_written_meanwhile(const FormulaPlace& place, const NameInFile& use) {
    if (is_item_here(place, use.name)) return;
    for (const NodeIndex writer : names_.writers_of(use.name)) {
      if (!may_meet(writer, *place.node)) continue;
      problems_.add(Rule::read_while_written,
                    use.at,
                    place.called + " reads variable '" + use.name + "', which node '" +
                        id_of(writer) + "' may write at the same time",
                    "say which comes first with 'needs'");
      return;
    }
  }

  void check_nodes(const std::string& name, const std::vector<NodeIndex>& writers) {
    for (std::size_t later = 1; later < writers.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (!may_meet(writers[earlier], writers[later])) continue;
        problems_.add(Rule::written_twice,
                      *draft_.nodes[writers[later]].output_at,
                      "nodes '" + id_of(writers[earlier]) + "' and '" + id_of(writers[later]) +
                          "' may run at the same time, and both write variable '" + name + "'",
                      "say which comes first with 'needs'");
        break;
      }
    }
  }

  void check_branches(const std::string& name, const std::vector<NodeIndex>& writers) {
    std::map<NodeIndex, std::set<ScopeIndex>> branches;
    for (const NodeIndex writer : writers) {
      NodeIndex inner = writer;
      for (auto owner = timing_.owner_of(inner); owner; owner = timing_.owner_of(inner)) {
        const ScopeIndex branch = flow_.scopes.scope_of[inner];
        auto& seen = branches[*owner];
        const bool is_new = seen.insert(branch).second;
        if (is_new && seen.size() > 1) report_branches(name, writer, *owner);
        inner = *owner;
      }
    }
  }

  void report_branches(const std::string& name, NodeIndex writer, NodeIndex parallel) {
    problems_.add(Rule::written_twice,
                  *draft_.nodes[writer].output_at,
                  "more than one branch of parallel node '" + id_of(parallel) +
                      "' writes variable '" + name + "'; the last branch wins",
                  "give each branch a variable of its own");
  }

  /// An earlier round of a loop around both counts as before.
  bool can_precede(NodeIndex writer, const FormulaPlace& place) const {
    const NodeIndex reader = *place.node;
    if (timing_.precedes(writer, reader) || shares_loop(writer, reader)) return true;
    return place.in_round && holds(reader, writer);
  }

  [[nodiscard]] bool holds(NodeIndex owner, NodeIndex node) const {
    for (auto above = timing_.owner_of(node); above; above = timing_.owner_of(*above)) {
      if (*above == owner) return true;
    }
    return false;
  }

  [[nodiscard]] bool shares_loop(NodeIndex first, NodeIndex second) const {
    for (auto above = timing_.owner_of(first); above; above = timing_.owner_of(*above)) {
      if (draft_.nodes[*above].type == NodeType::loop && holds(*above, second)) return true;
    }
    return false;
  }

  /// At the top level only: bodies run one after the other, and branches have their own copies.
  bool may_meet(NodeIndex first, NodeIndex second) {
    return timing_.may_run_together(timing_.at_top_level(first), timing_.at_top_level(second));
  }

  [[nodiscard]] bool is_item_here(const FormulaPlace& place, const std::string& name) const {
    return names_.is_item(name) && !names_.is_variable(name) && !names_.node_called(name) &&
           names_.is_visible(name, place);
  }

  [[nodiscard]] const std::string& id_of(NodeIndex node) const {
    return draft_.nodes[node].node.id;
  }

  const Draft& draft_;
  const Flow& flow_;
  const NameTable& names_;
  Problems& problems_;
  Timing timing_;
};

}  // namespace

void check_data_flow(const Draft& draft,
                     const Flow& flow,
                     const NameTable& names,
                     Problems& problems) {
  if (draft.formulas.empty() && names.outputs().empty()) return;
  DataFlow(draft, flow, names, problems).check();
}

}  // namespace goflow::core
