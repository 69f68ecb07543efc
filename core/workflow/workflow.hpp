// A workflow as plain values: what its author wrote, checked and compiled, ready to be walked.
#pragma once

#include "core/expression/expression.hpp"
#include "core/expression/jq_program.hpp"
#include "core/expression/json_path.hpp"
#include "core/expression/origin.hpp"
#include "core/expression/template.hpp"
#include "core/schedule/schedule.hpp"
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
  std::variant<Placed<Expression>, Placed<TextTemplate>, Placed<JsonPath>, Placed<JqProgram>>
      program;
  // Readable as `input`. A JSONPath always has one; that of jq is null without one.
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

struct NamedText {
  std::string name;
  std::optional<Placed<TextTemplate>> value;  // nullopt: there is to be none
};

struct NamedValue {
  std::string name;
  Placed<ValueTemplate> value;
};

struct ShellNode {
  // Exactly one of script and command.
  std::optional<std::string> script;
  std::vector<Placed<TextTemplate>> command;
  std::vector<std::string> shell = {"/bin/sh", "-e"};  // the arguments before the script file
  std::optional<Placed<TextTemplate>> cwd = std::nullopt;
  std::vector<NamedText> env = {};
  std::optional<Placed<ValueTemplate>> stdin_value = std::nullopt;
  OutputParse parse = OutputParse::text;
  std::vector<std::string> outputs = {};  // keys promised in $GOFLOW_OUTPUT
  // False when nothing can read the value: then output of any size and encoding will do.
  bool value_is_used = true;
};

struct BearerAuth {
  Placed<TextTemplate> token;
};

struct BasicAuth {
  Placed<TextTemplate> user;
  Placed<TextTemplate> password;
};

struct CredentialAuth {
  std::string credential;  // of the keyring: a token, or user and password
};

using HttpAuth = std::variant<BearerAuth, BasicAuth, CredentialAuth>;

/// Both ends are in it.
struct StatusRange {
  int first = 200;
  int last = 299;
};

enum class HttpParse { json, text, bytes };

struct HttpNode {
  std::optional<Placed<TextTemplate>> url;
  std::optional<std::string> method = std::nullopt;  // nullopt: GET, or POST with a body
  std::vector<NamedText> headers = {};
  std::vector<NamedValue> query = {};  // null leaves one out, a list repeats its name
  // At most one of body, form and file.
  std::optional<Placed<ValueTemplate>> body = std::nullopt;
  std::vector<NamedValue> form = {};
  std::optional<Placed<TextTemplate>> file = std::nullopt;
  std::optional<HttpAuth> auth = std::nullopt;
  bool follow_redirects = true;
  std::vector<StatusRange> expect = {StatusRange()};
  std::optional<HttpParse> parse = std::nullopt;  // nullopt: by content type
};

enum class ToolParse { by_content, text, json, raw };

struct McpToolNode {
  std::string server;
  std::string tool;
  std::vector<NamedValue> parameters = {};
  ToolParse parse = ToolParse::by_content;
};

struct WorkflowNode {
  std::string workflow;  // id of a stored one
  std::vector<NamedValue> inputs = {};
};

struct SignalNode {
  Placed<TextTemplate> signal;
};

using NodeWork = std::variant<StartNode,
                              EndNode,
                              PassthroughNode,
                              ConditionNode,
                              TransformNode,
                              ParallelNode,
                              LoopNode,
                              WaitNode,
                              ShellNode,
                              HttpNode,
                              McpToolNode,
                              WorkflowNode,
                              SignalNode>;

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

enum class Transport { stdio, http, sse };

/// An MCP server that the file brings along.
struct Server {
  std::string id;
  std::string name = {};
  std::string description = {};
  Transport transport = Transport::stdio;
  // Of a stdio server: the program that is started, and its arguments.
  std::string command = {};
  std::vector<Placed<TextTemplate>> args = {};
  // Of the others.
  std::optional<Placed<TextTemplate>> url = std::nullopt;
  std::vector<NamedText> headers = {};
  std::vector<NamedText> env = {};  // added to the inherited environment
  std::optional<std::string> credential_ref = std::nullopt;
};

/// A credential that the workflow needs.
struct CredentialNeed {
  std::string name;
  std::string description = {};
  bool is_required = true;
};

/// What runs after the last node.
enum class Handler { on_success, on_failure, on_exit };
std::string_view to_string(Handler handler);

struct Workflow {
  std::string id;  // the slug of the name
  std::string name;
  std::string version = "1.0";
  std::string description = {};
  std::vector<std::string> tags = {};
  std::vector<Variable> variables = {};
  std::vector<Server> servers = {};
  // Those that it lists, and then those that it uses without having listed them.
  std::vector<CredentialNeed> credentials = {};
  std::vector<Node> nodes = {};  // of all scopes, as written
  Graph graph = {};              // the top level
  bool has_end_nodes = false;
  std::vector<std::pair<Handler, Graph>> handlers = {};  // each at most once
  std::optional<Placed<ValueTemplate>> return_value = std::nullopt;
  std::optional<int> concurrency = std::nullopt;  // nullopt: number of CPUs, at least two
  std::optional<int> max_active_runs =
      std::nullopt;  // before the next one of the queue has to wait
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;
  std::optional<Schedule> schedule = std::nullopt;
  std::vector<NamedText> env = {};
  std::vector<std::string> env_allow = {};  // the environment variables that env("X") may read
};

/// "Nightly Report" → "nightly-report"; empty when nothing is left.
std::string workflow_id_of(std::string_view name);

}  // namespace goflow::core
