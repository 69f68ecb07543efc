// Who owns whom: every node belongs to the top level, to one body of a parallel or loop node, or to
// a handler.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/problems.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

using ScopeIndex = std::size_t;
constexpr ScopeIndex top_level = 0;

struct Scope {
  std::optional<NodeIndex> owner;  // nullopt: the top level, or a handler
  std::optional<Handler> handler;
  std::vector<NodeIndex> sequence;  // its nodes in the order they are named; arms are not in it
};

/// The mentions of other nodes in a node, resolved; what names no node is left out.
struct Mentions {
  std::optional<std::vector<NodeIndex>> then_arm;
  std::optional<std::vector<NodeIndex>> else_arm;
  std::optional<NodeIndex> goto_target;
  std::vector<ScopeIndex> bodies;
};

struct Scopes {
  std::vector<Scope> scopes;
  std::vector<Mentions> mentions;    // per node
  std::vector<ScopeIndex> scope_of;  // per node

  [[nodiscard]] bool is_owned(NodeIndex node) const { return scope_of[node] != top_level; }
};

/// Reports V43 and V57.
Scopes read_scopes(const Draft& draft, Problems& problems);

/// How messages call what a scope belongs to: "loop node 'pages'", "'on_exit'".
std::string owner_of(const Scope& scope, const Draft& draft);

/// The node that a reference means, if there is one.
std::optional<NodeIndex> find_node(const Draft& draft, const NodeReference& reference);
/// "did you mean 'login'? nodes: fetch, login, report"
std::string suggest_node(const Draft& draft, const NodeReference& reference, Problems& problems);

}  // namespace goflow::core
