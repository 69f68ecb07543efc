#include "core/workflow/flow/scopes.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

namespace goflow::core {
namespace {

std::string owner_called(const NodeDraft* owner) {
  return owner == nullptr ? "the workflow" : called(*owner);
}

class ScopeReader {
 public:
  ScopeReader(const Draft& draft, Problems& problems) : draft_(draft), problems_(problems) {
    scopes_.mentions.resize(draft.nodes.size());
    claimed_.resize(draft.nodes.size());
  }

  Scopes read() {
    scopes_.scopes.emplace_back();
    for (NodeIndex node = 0; node < draft_.nodes.size(); ++node) {
      resolve(node);
    }
    for (const auto& [handler, sequence] : draft_.handlers) {
      const std::string key(to_string(handler));
      scopes_.scopes.push_back({std::nullopt, handler, resolve(sequence, nullptr, key)});
    }
    for (ScopeIndex scope = 1; scope < scopes_.scopes.size(); ++scope) {
      for (const NodeIndex member : scopes_.scopes[scope].sequence) {
        claim(member, scope);
      }
    }
    scopes_.scope_of.reserve(draft_.nodes.size());
    for (NodeIndex node = 0; node < draft_.nodes.size(); ++node) {
      const bool listed = !claimed_[node] && !draft_.nodes[node].is_inline;
      if (listed) scopes_.scopes[top_level].sequence.push_back(node);
      scopes_.scope_of.push_back(claimed_[node].value_or(top_level));
    }
    check_owners();
    return std::move(scopes_);
  }

 private:
  void resolve(NodeIndex node) {
    const NodeDraft& draft = draft_.nodes[node];
    Mentions& mentions = scopes_.mentions[node];
    if (draft.then_arm) mentions.then_arm = resolve(*draft.then_arm, &draft, "then");
    if (draft.else_arm) mentions.else_arm = resolve(*draft.else_arm, &draft, "else");
    if (draft.goto_target) mentions.goto_target = resolve(*draft.goto_target, &draft, "goto");
    for (const SequenceDraft& body : draft.bodies) {
      mentions.bodies.push_back(scopes_.scopes.size());
      const std::string key = draft.type == NodeType::loop ? "body" : "branches";
      scopes_.scopes.push_back({node, std::nullopt, resolve(body, &draft, key)});
    }
  }

  /// `owner`: nullptr stands for the workflow.
  std::vector<NodeIndex> resolve(const SequenceDraft& sequence,
                                 const NodeDraft* owner,
                                 const std::string& key) {
    std::vector<NodeIndex> nodes;
    std::unordered_set<NodeIndex> seen;
    for (const auto& member : sequence.members) {
      if (const auto* index = std::get_if<NodeIndex>(&member)) {
        nodes.push_back(*index);
        continue;
      }
      const auto& reference = std::get<NodeReference>(member);
      const auto node = resolve(reference, owner, key);
      if (node && seen.insert(*node).second) {
        nodes.push_back(*node);
      } else if (node) {
        problems_.add(Rule::bad_owner,
                      reference.at,
                      "node '" + reference.id + "' is named twice in '" + key + "' of " +
                          owner_called(owner));
      }
    }
    return nodes;
  }

  std::optional<NodeIndex> resolve(const NodeReference& reference,
                                   const NodeDraft* owner,
                                   const std::string& key) {
    const auto node = find_node(draft_, reference);
    if (!node) {
      problems_.add(Rule::no_such_node,
                    reference.at,
                    "'" + key + "' of " + owner_called(owner) + " names '" + reference.id +
                        "', which is not a node",
                    suggest_node(draft_, reference, problems_));
    }
    return node;
  }

  /// The arms of a condition run where the condition runs.
  void claim(NodeIndex node, ScopeIndex scope) {
    if (claimed_[node] == scope) return;
    if (!may_be_owned(node, scopes_.scopes[scope])) return;
    if (claimed_[node]) {
      const Scope& other = scopes_.scopes[*claimed_[node]];
      report(node,
             " is owned twice, by " + owner_of(other, draft_) + " and by " +
                 owner_of(scopes_.scopes[scope], draft_));
      return;
    }
    claimed_[node] = scope;
    for (const auto& arm : {scopes_.mentions[node].then_arm, scopes_.mentions[node].else_arm}) {
      for (const NodeIndex member : arm.value_or(std::vector<NodeIndex>())) {
        claim(member, scope);
      }
    }
  }

  bool may_be_owned(NodeIndex node, const Scope& scope) {
    const NodeType type = draft_.nodes[node].type;
    if (node == scope.owner) report(node, " is owned by itself");
    if (type == NodeType::start || type == NodeType::end) {
      report(node, " cannot stand in " + owner_of(scope, draft_));
    }
    return node != scope.owner && type != NodeType::start && type != NodeType::end;
  }

  /// A chain of owners that leads back to itself hangs in the air.
  void check_owners() {
    std::vector<std::size_t> seen(draft_.nodes.size(), 0);
    for (NodeIndex node = 0; node < draft_.nodes.size(); ++node) {
      const std::size_t mark = node + 1;
      NodeIndex current = node;
      while (seen[current] == 0) {
        seen[current] = mark;
        const auto owner = scopes_.scopes[scopes_.scope_of[current]].owner;
        if (!owner) break;
        current = *owner;
        if (seen[current] != mark) continue;
        report(current, " is owned by itself, by way of its own body");
        scopes_.scope_of[current] = top_level;
      }
    }
  }

  void report(NodeIndex node, const std::string& what) {
    problems_.add(Rule::bad_owner, draft_.nodes[node].id_at, called(draft_.nodes[node]) + what);
  }

  const Draft& draft_;
  Problems& problems_;
  Scopes scopes_;
  std::vector<std::optional<ScopeIndex>> claimed_;
};

}  // namespace

Scopes read_scopes(const Draft& draft, Problems& problems) {
  return ScopeReader(draft, problems).read();
}

std::string owner_of(const Scope& scope, const Draft& draft) {
  if (scope.owner) return called(draft.nodes[*scope.owner]);
  return "'" + std::string(to_string(*scope.handler)) + "'";
}

std::optional<NodeIndex> find_node(const Draft& draft, const NodeReference& reference) {
  const auto found = draft.ids.find(reference.id);
  if (found == draft.ids.end()) return std::nullopt;
  return found->second;
}

std::string suggest_node(const Draft& draft, const NodeReference& reference, Problems& problems) {
  if (!problems.can_suggest()) return {};
  std::vector<std::string> ids;
  for (const auto& [id, index] : draft.ids) {
    ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return problems.suggest(reference.id, "nodes", ids);
}

}  // namespace goflow::core
