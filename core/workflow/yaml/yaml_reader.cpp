#include "core/workflow/yaml/full_yaml.hpp"
#include "core/workflow/yaml/plain_yaml.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

namespace goflow::core {

YamlPtr read_yaml(const SourceText& source, Problems& problems) {
  YamlPtr root = read_plain_yaml(source);
  if (root == nullptr) root = read_full_yaml(source, problems);
  if (root == nullptr || root->is_map()) return root;
  problems.add(Rule::not_yaml,
               root->at,
               "the top level must be a map, got " + describe(*root),
               "a workflow has at least 'name' and 'nodes'");
  return nullptr;
}

}  // namespace goflow::core
