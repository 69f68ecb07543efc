#include "core/workflow/reader.hpp"

#include "core/workflow/compiler.hpp"
#include "core/workflow/credential_needs.hpp"
#include "core/workflow/draft.hpp"
#include "core/workflow/edges.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/flow/flow.hpp"
#include "core/workflow/header.hpp"
#include "core/workflow/jq_check.hpp"
#include "core/workflow/names/data_flow.hpp"
#include "core/workflow/names/lookups.hpp"
#include "core/workflow/names/names.hpp"
#include "core/workflow/names/scripts.hpp"
#include "core/workflow/names/value_use.hpp"
#include "core/workflow/nodes/node_list.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/references.hpp"
#include "core/workflow/schedule_key.hpp"
#include "core/workflow/servers.hpp"
#include "core/workflow/variables.hpp"
#include "core/workflow/workflow_keys.hpp"
#include "core/workflow/yaml/text_check.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <set>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

void read_nodes(Fields& fields, Draft& draft, Compiler& compiler, Problems& problems) {
  const YamlNode* nodes = fields.find("nodes");
  if (nodes != nullptr && !nodes->is_list()) {
    return fields.report_type(*nodes, "nodes", "a list");
  }
  if (nodes == nullptr || nodes->items.empty()) {
    problems.add(Rule::node_count,
                 nodes == nullptr ? fields.map().at : nodes->at,
                 "workflow has no nodes",
                 "add one: nodes: [{id: hello, run: echo hello}]");
    return;
  }
  NodeList list(draft, compiler, problems);
  for (const YamlNode* node : nodes->items) {
    list.read(*node);
  }
}

void read_handlers(Fields& fields, Draft& draft, Compiler& compiler, Problems& problems) {
  NodeList list(draft, compiler, problems);
  for (const Handler handler : {Handler::on_success, Handler::on_failure, Handler::on_exit}) {
    if (const YamlNode* value = fields.find(to_string(handler))) list.read_handler(*value, handler);
  }
}

Draft read_draft(const YamlNode& root, Problems& problems) {
  Draft draft;
  Compiler compiler(problems, draft.formulas);
  Fields fields(root, workflow_keys(), "the workflow", problems);
  read_header(fields, compiler, draft);
  if (const YamlNode* variables = fields.find("variables")) {
    read_variables(*variables, draft, problems);
  }
  read_schedule(fields, draft);
  if (const YamlNode* servers = fields.find("servers")) {
    read_servers(*servers, draft, compiler, problems);
  }
  if (const YamlNode* credentials = fields.find("credentials")) {
    read_credential_needs(*credentials, draft, problems);
  }
  read_nodes(fields, draft, compiler, problems);
  read_handlers(fields, draft, compiler, problems);
  if (const YamlNode* edges = fields.find("edges")) read_edges(*edges, draft, problems);
  fields.warn_about_unknown_keys();
  return draft;
}

/// What is known of the world around a file; all of it may be unknown.
struct Around {
  const Surroundings* surroundings = nullptr;
  std::optional<std::string> stored_as = std::nullopt;
};

/// `finish` makes the whole of a draft without errors.
template <typename Whole, typename Finish>
std::optional<Whole> read(const SourceText& source,
                          const Around& around,
                          Problems& problems,
                          const Finish& finish) {
  if (!check_text(source, problems)) return std::nullopt;
  const YamlPtr root = read_yaml(source, problems);
  if (root == nullptr) return std::nullopt;
  Draft draft = read_draft(*root, problems);
  Flow flow = read_flow(draft, problems);
  const NameTable names(draft, flow.scopes);
  check_names(draft, names, problems);
  check_lookups(draft, problems);
  check_scripts(draft, names, problems);
  check_credentials(draft, problems);
  if (around.stored_as) check_file_name(*root, draft.workflow, *around.stored_as, problems);
  if (around.surroundings != nullptr) {
    check_references(draft, *around.surroundings, problems);
    check_jq(draft, *around.surroundings, problems);
  }
  if (problems.has_errors()) return std::nullopt;
  return finish(draft, flow, names);
}

WorkflowOutline outline_of(Draft& draft) {
  WorkflowOutline outline{std::move(draft.workflow.name),
                          std::move(draft.workflow.description),
                          std::ssize(draft.nodes)};
  if (!draft.workflow.schedule) return outline;
  for (const CronLine& line : draft.workflow.schedule->lines) {
    outline.cron.push_back(line.text());
  }
  outline.time_zone = std::move(draft.workflow.schedule->time_zone);
  return outline;
}

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return text;
}

WorkflowReading read_all(std::string_view text, const Around& around) {
  const SourceText source(without_byte_order_mark(text));
  Problems problems(source);
  auto workflow = read<Workflow>(
      source, around, problems, [&](Draft& draft, Flow& flow, const NameTable& names) {
        check_data_flow(draft, flow, names, problems);
        find_unused_values(draft, flow);
        add_used_credentials(draft);
        return assemble(std::move(draft), std::move(flow));
      });
  return {std::move(workflow), problems.take()};
}

}  // namespace

OutlineReading read_outline(std::string_view text) {
  const SourceText source(without_byte_order_mark(text));
  Problems problems(source);
  auto outline =
      read<WorkflowOutline>(source, {}, problems, [](Draft& draft, const Flow&, const NameTable&) {
        return outline_of(draft);
      });
  return {std::move(outline), problems.take()};
}

WorkflowReading read_workflow(std::string_view text) {
  return read_all(text, {});
}

WorkflowReading read_workflow(std::string_view text,
                              const Surroundings& surroundings,
                              const std::optional<std::string>& stored_as) {
  return read_all(text, {&surroundings, stored_as});
}

std::vector<std::string> read_credential_names(std::string_view text) {
  const SourceText source(without_byte_order_mark(text));
  Problems problems(source);
  if (!check_text(source, problems)) return {};
  const YamlPtr root = read_yaml(source, problems);
  if (root == nullptr || !root->is_map()) return {};
  const Draft draft = read_draft(*root, problems);
  std::set<std::string> names;
  for (const CredentialNeed& need : draft.workflow.credentials) {
    names.insert(need.name);
  }
  for (CredentialUse& use : uses_of_credentials(draft)) {
    names.insert(std::move(use.name));
  }
  return {names.begin(), names.end()};
}

}  // namespace goflow::core
