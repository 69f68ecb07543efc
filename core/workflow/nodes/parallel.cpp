#include "core/workflow/nodes/node_reading.hpp"
#include "core/workflow/words.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::array<std::pair<std::string_view, MergeStrategy>, 3> strategies{{
    {"wait_all", MergeStrategy::wait_all},
    {"wait_any", MergeStrategy::wait_any},
    {"wait_first", MergeStrategy::wait_first},
}};

void read_branch(NodeReading& reading,
                 ParallelNode& node,
                 std::string name,
                 const YamlNode& value) {
  reading.draft.bodies.push_back(reading.read_sequence(value, "branches"));
  node.branches.push_back({std::move(name), {}});
}

void check_name(NodeReading& reading, const YamlMember& branch) {
  if (is_node_id(branch.key)) return;
  reading.fields.problems().add(Rule::bad_node_id,
                                branch.key_at,
                                "branch '" + std::string(branch.key) + "' of " +
                                    reading.fields.owner() + " has an impossible name",
                                "begin with a letter, go on with letters, digits, '_' and '-'");
}

void read_branches(NodeReading& reading, ParallelNode& node, const YamlNode& value) {
  if (value.is_scalar()) return reading.fields.report_type(value, "branches", "a list or a map");
  node.named = value.is_map();
  for (const YamlNode* branch : value.items) {
    read_branch(reading, node, std::to_string(node.branches.size()), *branch);
  }
  for (const YamlMember& branch : value.members) {
    check_name(reading, branch);
    read_branch(reading, node, std::string(branch.key), *branch.value);
  }
}

Form branch_map_form() {
  Form form = forms::map_of(forms::sequence());
  form.pattern = node_id_pattern;
  return form;
}

}  // namespace

const Keys& parallel_keys() {
  static const Keys keys{
      {"branches",
       forms::either({forms::list_of(forms::sequence()), branch_map_form()}),
       "the sequences that run side by side, or a map from names to them",
       {},
       true},
      {"merge_strategy", forms::word(strategies), "which branches it waits for", "merge"},
      {"max_parallel", forms::whole(1), "how many branches run at once; all"},
  };
  return keys;
}

std::optional<NodeWork> read_parallel(NodeReading& reading) {
  ParallelNode node;
  if (const YamlNode* branches = reading.filled("branches")) {
    read_branches(reading, node, *branches);
  }
  if (const YamlNode* merge = reading.fields.find_aliased("merge_strategy")) {
    node.merge = reading.fields.word(*merge, "merge_strategy", Words<MergeStrategy>(strategies))
                     .value_or(MergeStrategy::wait_all);
  }
  if (const auto most = reading.fields.whole("max_parallel")) {
    node.max_parallel =
        static_cast<int>(std::min<std::int64_t>(*most, std::numeric_limits<int>::max()));
  }
  return node;
}

}  // namespace goflow::core
