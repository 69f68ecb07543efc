// What the readers of the node types share: what they are given and what they give back.
#pragma once

#include "core/workflow/compiler.hpp"
#include "core/workflow/draft.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/form.hpp"

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// One node of the file while it is read.
struct NodeReading {
  Fields& fields;
  Compiler& compiler;
  NodeDraft& draft;
  NodeIndex index = 0;
  std::vector<CredentialUse>& credentials;  // of the whole file
  /// Reads a list of ids and inline nodes; `key` is where it stands: "body".
  std::function<SequenceDraft(const YamlNode& value, const std::string& key)> read_sequence;

  /// "condition of node 'enough'"
  [[nodiscard]] FormulaPlace place(std::string_view key) const;
  /// nullptr for a key that is absent or empty.
  [[nodiscard]] const YamlNode* filled(std::string_view key) const;
  /// The value of a key that must be there; else nullptr and V30.
  [[nodiscard]] const YamlNode* required(std::string_view key) const;
  void report_missing(std::string_view what) const;
  /// The keys of a group that are written; more than one is V31.
  [[nodiscard]] std::vector<std::string_view> exclusive(
      std::initializer_list<std::string_view> keys) const;
  /// The text under a key, a template; absent, or unreadable and reported: nothing.
  [[nodiscard]] std::optional<Placed<TextTemplate>> text(std::string_view key) const;
  /// The expression under a key; absent, or unreadable and reported: nothing.
  [[nodiscard]] std::optional<Placed<Expression>> expression(std::string_view key) const;
  [[nodiscard]] std::optional<Placed<Expression>> expression(const YamlNode& value,
                                                             const FormulaPlace& place) const;
  /// An expression that decides: one that certainly yields no boolean is V74.
  [[nodiscard]] std::optional<Placed<Expression>> decision(const YamlNode& value,
                                                           const FormulaPlace& place) const;
};

/// The keys of a group that are written; more than one is V31.
std::vector<std::string_view> exclusive_keys(Fields& fields,
                                             std::initializer_list<std::string_view> keys);

/// Nothing when it cannot be read; the reasons are among the problems.
using NodeReader = std::optional<NodeWork> (*)(NodeReading&);

/// The keys of their own of the node types.
const Keys& end_keys();
const Keys& condition_keys();
const Keys& transform_keys();
const Keys& parallel_keys();
const Keys& loop_keys();
const Keys& wait_keys();
const Keys& shell_keys();
const Keys& http_keys();
const Keys& mcp_tool_keys();
const Keys& workflow_node_keys();
const Keys& signal_keys();

std::optional<NodeWork> read_start(NodeReading& reading);
std::optional<NodeWork> read_end(NodeReading& reading);
std::optional<NodeWork> read_passthrough(NodeReading& reading);
std::optional<NodeWork> read_condition(NodeReading& reading);
std::optional<NodeWork> read_transform(NodeReading& reading);
std::optional<NodeWork> read_parallel(NodeReading& reading);
std::optional<NodeWork> read_loop(NodeReading& reading);
std::optional<NodeWork> read_wait(NodeReading& reading);
std::optional<NodeWork> read_shell(NodeReading& reading);
std::optional<NodeWork> read_http(NodeReading& reading);
std::optional<NodeWork> read_mcp_tool(NodeReading& reading);
std::optional<NodeWork> read_workflow_node(NodeReading& reading);
std::optional<NodeWork> read_signal(NodeReading& reading);

}  // namespace goflow::core
