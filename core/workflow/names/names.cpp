#include "core/workflow/names/names.hpp"

#include "core/workflow/names/name_table.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace goflow::core {
namespace {

void report_unknown(const Formula& formula,
                    const NameInFile& use,
                    const NameTable& names,
                    Problems& problems) {
  const FormulaPlace& place = formula.place;
  if (names.is_item(use.name)) {
    problems.add(Rule::item_outside_loop,
                 use.at,
                 "'" + use.name + "' exists only within its loop, not in " + place.called);
    return;
  }
  const std::string hint =
      problems.can_suggest() ? problems.suggest(use.name, "names", names.visible_names(place)) : "";
  if (use.may_be_unknown) {
    problems.add(Rule::default_of_nothing,
                 use.at,
                 "there is no '" + use.name + "': default() in " + place.called +
                     " always yields its second argument",
                 hint);
    return;
  }
  const std::string what = place.is_input ? "undefined input variable '" : "undefined variable '";
  problems.add(place.is_input ? Rule::undefined_input : Rule::undefined_variable,
               use.at,
               what + use.name + "' in " + place.called,
               hint);
}

void check_hidden(const Draft& draft, const NameTable& names, Problems& problems) {
  for (NodeIndex index = 0; index < draft.nodes.size(); ++index) {
    const NodeDraft& node = draft.nodes[index];
    const std::vector<std::string> outer = names.items_around(index);
    for (const std::string& name : item_names(node.node)) {
      const bool is_outer = std::find(outer.begin(), outer.end(), name) != outer.end();
      if (!is_outer && !names.is_variable(name)) continue;
      problems.add(Rule::hidden_variable,
                   node.item_at.value_or(node.id_at),
                   "'" + name + "' of " + called(node) + " hides " +
                       (is_outer ? "that of an outer loop" : "the variable of this name"),
                   "choose another name with 'item'");
      break;  // the index follows the item
    }
  }
}

}  // namespace

void check_names(const Draft& draft, const NameTable& names, Problems& problems) {
  for (const Formula& formula : draft.formulas) {
    for (const NameInFile& use : formula.names) {
      if (!names.is_visible(use.name, formula.place)) {
        report_unknown(formula, use, names, problems);
      }
    }
  }
  check_hidden(draft, names, problems);
}

}  // namespace goflow::core
