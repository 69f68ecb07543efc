#include "core/template/node_filter.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::array<std::string_view, 4> lists_of_nodes{
    "nodes", "on_success", "on_failure", "on_exit"};

// A node with one of these is no condition node.
constexpr std::array<std::string_view, 16> work_keys{"run",
                                                     "command",
                                                     "url",
                                                     "tool",
                                                     "expression",
                                                     "expr",
                                                     "template",
                                                     "jsonpath",
                                                     "jq",
                                                     "branches",
                                                     "collection",
                                                     "while",
                                                     "workflow",
                                                     "wait",
                                                     "until",
                                                     "signal"};

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_condition_node(const Object& node) {
  if (const Value* type = node.find("type")) return *type == Value("condition");
  return std::none_of(node.begin(), node.end(), [](const Object::Member& member) {
    return contains(work_keys, member.first);
  });
}

bool is_loop(const Object& node) {
  const Value* type = node.find("type");
  return node.contains("collection") || node.contains("while") ||
         (type != nullptr && *type == Value("loop"));
}

/// Under `condition`, as in the original, it means `include`: unless a condition node decides by
/// it.
bool has_condition_for_include(const Object& node) {
  const Value* condition = node.find("condition");
  return condition != nullptr && condition->is_boolean() && !is_condition_node(node);
}

bool is_excluded(const Object& node) {
  const Value* include = node.find("include");
  if (include != nullptr && *include == Value(false)) return true;
  return has_condition_for_include(node) && !node.find("condition")->as_boolean();
}

Object with_flat_config(const Object& node) {
  const Value* config = node.find("config");
  if (config == nullptr || !config->is_object()) return node;
  Object flat = node;
  flat.remove("config");
  for (const auto& [key, value] : config->as_object()) {
    if (!flat.contains(key)) flat.set(key, value);
  }
  return flat;
}

/// First the ids of the nodes that go are collected, then what is left is put together.
class NodeFilter {
 public:
  Object filtered(const Object& spec) {
    for (const std::string_view key : lists_of_nodes) {
      if (const Value* nodes = spec.find(key)) collect(*nodes, Fate::by_itself);
    }
    Object kept;
    for (const auto& [key, value] : spec) {
      if (contains(lists_of_nodes, key)) {
        kept.set(key, sequence(value).value_or(Value(Array())));
      } else if (key == "edges" && value.is_array()) {
        kept.set(key, edges(value.as_array()));
      } else {
        kept.set(key, value);
      }
    }
    return kept;
  }

 private:
  enum class Fate { by_itself, excluded };

  void collect(const Value& part, Fate fate) {
    if (part.is_array()) {
      for (const Value& item : part.as_array()) {
        collect(item, fate);
      }
    }
    if (part.is_object()) collect(with_flat_config(part.as_object()), fate);
  }

  void collect(const Object& node, Fate fate) {
    if (is_excluded(node)) fate = Fate::excluded;
    const Value* id = node.find("id");
    if (fate == Fate::excluded && id != nullptr && id->is_text()) excluded_.insert(id->as_text());
    for (const auto& [key, value] : node) {
      if (key == "branches" && value.is_object()) {
        for (const auto& [name, branch] : value.as_object()) {
          collect(branch, fate);
        }
      } else if (is_sequence(node, key)) {
        collect(value, fate);
      }
    }
  }

  /// Whether the key holds nodes: the body of an http node does not.
  static bool is_sequence(const Object& node, std::string_view key) {
    if (key == "body") return is_loop(node);
    return key == "branches" || key == "then" || key == "else";
  }

  [[nodiscard]] bool is_gone(const Value* id) const {
    return id != nullptr && id->is_text() && excluded_.count(id->as_text()) > 0;
  }

  /// Ids and nodes, one or a list; nothing when none of it is left.
  [[nodiscard]] std::optional<Value> sequence(const Value& part) const {
    if (part.is_array()) {
      Array kept;
      for (const Value& item : part.as_array()) {
        if (auto left = sequence(item)) kept.push_back(*std::move(left));
      }
      if (kept.empty() && !part.as_array().empty()) return std::nullopt;
      return Value(std::move(kept));
    }
    if (part.is_object()) return node(with_flat_config(part.as_object()));
    return is_gone(&part) ? std::nullopt : std::optional<Value>(part);
  }

  [[nodiscard]] std::optional<Value> node(const Object& written) const {
    if (is_excluded(written)) return std::nullopt;
    Object kept;
    for (const auto& [key, value] : written) {
      if (key == "include" || (key == "condition" && has_condition_for_include(written))) continue;
      auto left = member(written, key, value);
      if (left) kept.set(key, *std::move(left));
    }
    return Value(std::move(kept));
  }

  [[nodiscard]] std::optional<Value> member(const Object& written,
                                            const std::string& key,
                                            const Value& value) const {
    if (key == "branches" && value.is_object()) return named_branches(value.as_object());
    // Without a body a loop is no loop: better a complaint about the empty one.
    if (key == "body" && is_loop(written)) return sequence(value).value_or(Value(Array()));
    if (key == "needs" || is_sequence(written, key)) return sequence(value);
    if (key == "on_error" && is_gone(value.find("goto"))) return std::nullopt;
    return value;
  }

  [[nodiscard]] Value named_branches(const Object& branches) const {
    Object kept;
    for (const auto& [name, branch] : branches) {
      if (auto left = sequence(branch)) kept.set(name, *std::move(left));
    }
    return Value(std::move(kept));
  }

  [[nodiscard]] Value edges(const Array& written) const {
    Array kept;
    for (const Value& edge : written) {
      if (!is_gone(edge.find("from")) && !is_gone(edge.find("to"))) kept.push_back(edge);
    }
    return Value(std::move(kept));
  }

  std::unordered_set<std::string> excluded_;
};

}  // namespace

Object without_excluded_nodes(const Object& workflow_spec) {
  return NodeFilter().filtered(workflow_spec);
}

}  // namespace goflow::core
