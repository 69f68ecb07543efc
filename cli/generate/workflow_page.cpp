#include "cli/generate/workflow_page.hpp"

#include "cli/command/text_layout.hpp"
#include "cli/generate/mdoc.hpp"
#include "core/workflow/form.hpp"
#include "core/workflow/nodes/node_types.hpp"
#include "core/workflow/workflow_keys.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::cli {
namespace {

using core::Form;
using core::Key;
using core::Keys;
using mdoc::heading;
using mdoc::item;
using mdoc::list;
using mdoc::paragraphs;
using mdoc::section;

std::string describe(const Form& form);

std::string alternatives(const std::vector<Form>& forms) {
  std::vector<std::string> known;
  for (const Form& form : forms) {
    std::string one = describe(form);
    if (std::find(known.begin(), known.end(), one) == known.end()) known.push_back(std::move(one));
  }
  return joined(known, " or ");
}

std::string bounded(std::string kind, const Form& form) {
  if (form.least) kind += " from " + std::to_string(*form.least);
  const bool has_end = form.most && *form.most < std::numeric_limits<std::int64_t>::max();
  if (has_end) kind += " to " + std::to_string(*form.most);
  return kind;
}

/// What may stand behind a key, in a few words.
std::string describe(const Form& form) {
  switch (form.kind) {
    case Form::Kind::anything:
      return "any value";
    case Form::Kind::nothing:
      return "null";
    case Form::Kind::text:
      return "text";
    case Form::Kind::expression:
      return "expression";
    case Form::Kind::boolean:
      return "true or false";
    case Form::Kind::number:
      return bounded("number", form);
    case Form::Kind::whole:
      return bounded("whole number", form);
    case Form::Kind::duration:
      return "duration";
    case Form::Kind::word:
      return joined({form.words.begin(), form.words.end()}, ", ");
    case Form::Kind::list:
      // A list of nothing is an empty one.
      if (form.parts.front().kind == Form::Kind::nothing) return "[]";
      return "list of " + describe(form.parts.front());
    case Form::Kind::map:
      return "map to " + describe(form.parts.front());
    case Form::Kind::object:
      return "map";
    case Form::Kind::either:
      return alternatives(form.parts);
    case Form::Kind::node:
      return "node";
    case Form::Kind::sequence:
      return "nodes, or ids of nodes";
  }
  return {};
}

std::string key_items(const Keys& keys) {
  std::string items;
  for (const Key& key : keys) {
    std::string macro = "Cm " + std::string(key.name);
    if (!key.alias.empty()) macro += " , Cm " + std::string(key.alias);
    const std::string required = key.is_required ? ", required" : "";
    items += item(macro, std::string(key.about) + " (" + describe(key.form) + required + ")");
  }
  return items;
}

/// The maps that stand behind keys, each once.
void add_maps(const Keys& keys, std::set<const Keys*>& known, std::string& sections);

void add_maps(const Key& key,
              const Form& form,
              std::set<const Keys*>& known,
              std::string& sections) {
  if (form.kind == Form::Kind::object && known.insert(&form.keys()).second) {
    sections += ".Ss Within " + std::string(key.name) + "\n" + list(key_items(form.keys()));
    add_maps(form.keys(), known, sections);
  }
  for (const Form& part : form.parts) {
    add_maps(key, part, known, sections);
  }
}

void add_maps(const Keys& keys, std::set<const Keys*>& known, std::string& sections) {
  for (const Key& key : keys) {
    add_maps(key, key.form, known, sections);
  }
}

bool is_common(const Key& key) {
  return core::find_key(core::common_node_keys(), key.name) != nullptr;
}

Keys own_keys(const core::NodeTypeFacts& type) {
  Keys keys;
  std::copy_if(type.keys.begin(), type.keys.end(), std::back_inserter(keys), [](const Key& key) {
    return !is_common(key);
  });
  return keys;
}

std::string node_types() {
  std::string text;
  for (const core::NodeTypeFacts& type : core::node_types()) {
    text += ".Ss " + std::string(type.word) + "\n" + mdoc::sentence(std::string(type.about));
    text += list(key_items(own_keys(type)));
  }
  return text;
}

std::string maps() {
  std::set<const Keys*> known;
  std::string sections;
  add_maps(core::workflow_keys(), known, sections);
  for (const core::NodeTypeFacts& type : core::node_types()) {
    add_maps(type.keys, known, sections);
  }
  return sections;
}

constexpr std::string_view example = R"yaml(name: sizes
variables:
  - {name: folders, type: array, default: [src, tests]}
nodes:
  - id: each
    collection: folders
    parallel: 2
    body: {id: size, run: 'du -sk "$item" | cut -f1', parse: json}
  - {id: total, expression: sum(each)}
return: "${total} kB"
)yaml";

}  // namespace

std::string workflow_page() {
  return mdoc::page_head("goflow-workflow", 5, "the format of goflow's workflow files") +
         heading("DESCRIPTION") +
         paragraphs(
             "A workflow is one YAML file: a map with the keys below. Unknown keys are warned of, "
             "keys written twice are errors. Without edges, needs and a start node, the nodes run "
             "in the order in which they are written; else each starts when all that lead to it "
             "have ended. Durations are a number of seconds, or numbers with units: 1h30m, 500ms. "
             "What is called an expression is explained in") +
         ".Xr goflow-expressions 7 ;\n" +
         paragraphs("other texts may hold placeholders, ${expression}.") +
         section("THE FILE", key_items(core::workflow_keys())) +
         section("EVERY NODE", key_items(core::common_node_keys())) + heading("TYPES OF NODES") +
         paragraphs("The type is told by the keys where it is not written.") + node_types() +
         heading("MAPS WITHIN") + maps() + heading("EXAMPLES") + mdoc::literal(example) +
         heading("SEE ALSO") +
         ".Xr goflow-workflow-validate 1 ,\n.Xr goflow-workflow-schema 1 ,\n"
         ".Xr goflow-expressions 7\n";
}

}  // namespace goflow::cli
