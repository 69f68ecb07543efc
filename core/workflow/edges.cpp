#include "core/workflow/edges.hpp"

#include "core/workflow/fields.hpp"

#include <utility>

namespace goflow::core {
namespace {

std::optional<NodeReference> read_end_of_edge(Fields& fields, std::string_view key) {
  const YamlNode* value = fields.find(key);
  if (value == nullptr) {
    fields.problems().add(
        Rule::missing_key, fields.map().at, "an edge lacks '" + std::string(key) + "'");
    return std::nullopt;
  }
  const auto id = fields.text(key);
  if (!id) return std::nullopt;
  return NodeReference{*id, value->at};
}

void read_edge(const YamlNode& map, Draft& draft, Problems& problems) {
  Fields fields(map, edge_keys(), "the edge", problems);
  auto from = read_end_of_edge(fields, "from");
  auto to = read_end_of_edge(fields, "to");
  const YamlNode* condition = fields.find("condition");
  const auto text = fields.text("condition");
  static_cast<void>(fields.text("label"));
  fields.warn_about_unknown_keys();
  if (!from || !to) return;
  draft.edges.push_back({*std::move(from),
                         *std::move(to),
                         text,
                         map.at,
                         condition == nullptr ? map.at : condition->at});
}

}  // namespace

const Keys& edge_keys() {
  static const Keys keys{
      {"from", forms::text(), "the node that comes first", {}, true},
      {"to", forms::text(), "the node that comes after it", {}, true},
      {"condition",
       forms::either({forms::one_of({"true", "false"}), forms::boolean()}),
       "on an edge that leaves a condition node: which outcome takes it"},
      {"label", forms::text(), "a word for drawings"},
  };
  return keys;
}

void read_edges(const YamlNode& list, Draft& draft, Problems& problems) {
  if (!list.is_list()) {
    problems.add(Rule::wrong_type,
                 list.at,
                 "'edges' must be a list, got " + describe(list),
                 "write '- {from: a, to: b}' for each");
    return;
  }
  draft.has_edges = !list.items.empty();
  for (const YamlNode* item : list.items) {
    if (item->is_map()) {
      read_edge(*item, draft, problems);
    } else {
      problems.add(Rule::wrong_type, item->at, "an edge must be a map, got " + describe(*item));
    }
  }
}

}  // namespace goflow::core
