// A workflow as plain values: what its author wrote, checked and compiled, ready to be walked.
#pragma once

#include "core/expression/expression.hpp"
#include "core/expression/json_path.hpp"
#include "core/expression/template.hpp"
#include "core/value/value.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::core {

/// Counted from 1, in characters; line 0 means unknown.
struct Position {
  int line = 0;
  int column = 0;
};

/// Something compiled, and where its text begins in the file.
template <class T>
struct Placed {
  T what;
  Position at = {};
};

using NodeIndex = std::size_t;  // into Workflow::nodes

/// When an edge is taken.
enum class Route {
  always,      // its node completed, or failed with `on_error: continue`
  when_true,   // its condition was true
  when_false,  // its condition was false
  on_failure,  // its node failed: the goto edge
};

struct Edge {
  NodeIndex from = 0;
  NodeIndex to = 0;
  Route route = Route::always;
};

/// The nodes of one scope (the top level, a branch, a body, a handler) and their order.
struct Graph {
  std::vector<NodeIndex> nodes;  // as written; ready nodes start in this order
  std::vector<Edge> edges;
  std::optional<NodeIndex> last;  // of a sequence: the node whose value is the sequence's value
};

enum class VariableType { any, string, number, boolean, object, array };

struct Variable {
  std::string name;
  VariableType type = VariableType::any;
  std::optional<Value> default_value = std::nullopt;
  bool required = false;
  std::string description = {};
  Position at = {};
};

enum class Backoff { constant, linear, exponential };

struct RetryPolicy {
  int max_attempts = 1;
  Backoff backoff = Backoff::exponential;
  std::chrono::milliseconds initial_delay{1000};
  std::chrono::milliseconds max_delay{30'000};
  double multiplier = 2.0;
  double jitter = 0.25;
  std::vector<std::string> on = {};       // empty: every kind but validation
  std::vector<std::string> skip_on = {};  // wins over `on`
  bool rerun_on_resume = true;            // false: `on_resume: never`
};

enum class OnError { fail, keep_going, go_to };

struct StartNode {};
struct PassthroughNode {};

struct EndNode {
  std::optional<Placed<ValueTemplate>> return_value;
};

struct ConditionNode {
  Placed<Expression> condition;
};

struct TransformNode {
  std::variant<Placed<Expression>, Placed<TextTemplate>, Placed<JsonPath>> program;
  // Readable as `input`. A JSONPath always has one.
  std::optional<Placed<Expression>> input = std::nullopt;
};

enum class MergeStrategy { wait_all, wait_any, wait_first };

struct Branch {
  std::string name;  // the index in digits where branches have no names
  Graph graph;
};

struct ParallelNode {
  std::vector<Branch> branches;
  bool named = false;
  MergeStrategy merge = MergeStrategy::wait_all;
  std::optional<int> max_parallel = std::nullopt;
};

struct LoopNode {
  // Exactly one of collection and condition (`while`).
  std::optional<std::variant<Placed<Expression>, Placed<ValueTemplate>, std::int64_t>> collection;
  std::optional<Placed<Expression>> condition;
  std::string item = "item";
  Graph body;
  std::optional<Placed<Expression>> break_condition = std::nullopt;
  int parallel = 1;
  std::int64_t max_iterations = 10'000;
};

struct WaitNode {
  // Exactly one of them.
  std::optional<Placed<ValueTemplate>> duration;
  std::optional<Placed<ValueTemplate>> until;
};

enum class OutputParse { text, json, lines, none };

struct EnvironmentEntry {
  std::string name;
  std::optional<Placed<TextTemplate>> value;  // nullopt: the variable is removed
};

struct ShellNode {
  // Exactly one of script and command.
  std::optional<std::string> script;
  std::vector<Placed<TextTemplate>> command;
  std::vector<std::string> shell = {"/bin/sh", "-e"};  // the arguments before the script file
  std::optional<Placed<TextTemplate>> cwd = std::nullopt;
  std::vector<EnvironmentEntry> env = {};
  std::optional<Placed<ValueTemplate>> stdin_value = std::nullopt;
  OutputParse parse = OutputParse::text;
  std::vector<std::string> outputs = {};  // keys promised in $GOFLOW_OUTPUT
  // False when nothing can read the value: then output of any size and encoding will do.
  bool value_is_used = true;
};

using NodeWork = std::variant<StartNode,
                              EndNode,
                              PassthroughNode,
                              ConditionNode,
                              TransformNode,
                              ParallelNode,
                              LoopNode,
                              WaitNode,
                              ShellNode>;

struct Node {
  std::string id;
  NodeWork work;
  std::string name = {};
  std::string description = {};
  std::optional<Placed<Expression>> when = std::nullopt;
  std::optional<std::string> output = std::nullopt;  // the variable that receives the value
  std::optional<RetryPolicy> retry = std::nullopt;
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;  // of one attempt
  OnError on_error = OnError::fail;
  Position at = {};
};

/// The word of the type as it is written in a file: "shell".
std::string_view type_name(const NodeWork& work);

struct Workflow {
  std::string id;  // the slug of the name
  std::string name;
  std::string version = "1.0";
  std::string description = {};
  std::vector<std::string> tags = {};
  std::vector<Variable> variables = {};
  std::vector<Node> nodes = {};  // of all scopes, as written
  Graph graph = {};              // the top level
  bool has_end_nodes = false;
  std::optional<Placed<ValueTemplate>> return_value = std::nullopt;
  std::optional<int> concurrency = std::nullopt;  // nullopt: number of CPUs, at least two
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;
  std::vector<EnvironmentEntry> env = {};
  std::vector<std::string> env_allow = {};  // the environment variables that env("X") may read
};

/// "Nightly Report" → "nightly-report"; empty when nothing is left.
std::string workflow_id_of(std::string_view name);

}  // namespace goflow::core
