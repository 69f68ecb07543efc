// A workflow file half-way: every part is read by itself, but names are not looked up yet.
#pragma once

#include "core/expression/expression.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/workflow.hpp"
#include "core/workflow/yaml/source_text.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::core {

enum class NodeType {
  unknown,
  start,
  end,
  passthrough,
  condition,
  transform,
  parallel,
  loop,
  wait,
  shell,
  http,
  mcp_tool,
  workflow,
  signal
};

/// A word of the file that means a node.
struct NodeReference {
  std::string id;
  Span at;
};

/// The name of a credential, and where it is written.
struct CredentialUse {
  std::string name;
  Mark at;
};

/// A list of ids and inline nodes, which run one after the other.
struct SequenceDraft {
  std::vector<std::variant<NodeReference, NodeIndex>> members;
  Span at;
};

struct NodeDraft {
  Node node;
  NodeType type = NodeType::unknown;
  Span at;     // the map of the node
  Span id_at;  // its id, or the map where it has none
  bool is_inline = false;
  std::vector<NodeReference> needs = {};
  std::optional<NodeReference> goto_target = std::nullopt;
  // of a condition
  std::optional<SequenceDraft> then_arm = std::nullopt;
  std::optional<SequenceDraft> else_arm = std::nullopt;
  // The bodies it owns: the branches of a parallel node, the body of a loop.
  std::vector<SequenceDraft> bodies = {};
  std::optional<Span> output_at = std::nullopt;
  std::optional<Span> item_at = std::nullopt;  // where a loop names its item
  const YamlNode* script = nullptr;            // of a shell node
  const YamlNode* map = nullptr;
};

struct EdgeDraft {
  NodeReference from;
  NodeReference to;
  std::optional<std::string> condition;
  Span at;
  Span condition_at;
};

/// A name that an expression reads, with its place in the file.
struct NameInFile {
  std::string name;
  Mark at;
  bool guarded = false;         // may have no value
  bool may_be_unknown = false;  // may not exist
};

/// What a formula may see, and how it is called in messages.
struct FormulaPlace {
  std::string called;                            // "condition of node 'enough'"
  std::optional<NodeIndex> node = std::nullopt;  // the node it belongs to
  bool in_round = false;    // belongs to a loop, but sees its item: break_condition, while
  bool sees_input = false;  // of a transform with `input`
  bool is_input = false;    // the `input` of a transform
  bool may_hold_secrets = false;
  bool sees_only_inputs = false;  // and no outputs of nodes: of a server
};

/// A call of env() or secret(), with the place of its name in the file.
struct LookupInFile {
  Lookup::Of of;
  std::optional<std::string> name;
  Mark at;
};

/// An expression or a template, as far as what it asks for goes.
struct Formula {
  FormulaPlace place;
  std::string text;
  std::vector<NameInFile> names;
  std::vector<LookupInFile> lookups;
};

struct Draft {
  Workflow workflow;
  std::deque<NodeDraft> nodes;  // of all scopes; a deque, since nodes are read within nodes
  std::unordered_map<std::string, NodeIndex> ids;
  std::vector<EdgeDraft> edges;
  bool has_edges = false;
  std::optional<Span> return_at;
  std::vector<Formula> formulas;
  std::unordered_map<std::string, Span> variables;  // the declared ones, and where
  std::unordered_map<std::string, Span> servers;    // likewise
  std::vector<std::pair<Handler, SequenceDraft>> handlers;
  std::vector<CredentialUse> credentials;  // named without secret()
  bool lists_credentials = false;          // says which ones it needs
};

/// "shell node 'build'", as far as type and id are known.
std::string called(const NodeDraft& node);
std::string_view to_string(NodeType type);

}  // namespace goflow::core
