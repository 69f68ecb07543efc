// goflow exec diff: in what two executions differ.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/table.hpp"
#include "core/value/json.hpp"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::NodeExecution;
using core::Result;
using core::Value;

constexpr Field fields[] = {
    {"a", "id of the first execution"},
    {"b", "id of the second one"},
    {"equal", "true when they differ in ids and times only"},
    {"differences", "what differs: where (input NAME, node PATH, …), what, a, b"},
    {"durations", "of nodes that both have: path, a_ms, b_ms"},
};

struct DiffOptions {
  std::string first;
  std::string second;
  OutputChoice output;
};

void declare(Command& command, DiffOptions& options) {
  command.summary("compare two executions")
      .describe(
          "Compares inputs, status, return value, and of each node status and outputs. Ids and "
          "times do not count as differences; the durations of nodes are shown beside each other, "
          "in a pipe as rows that say 'duration'.")
      .example("goflow exec diff 5ywz6r0b 8m4vq2dk", "what is different this time?")
      .exit_code(1, "they differ");
  command.positional("A", options.first, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.positional("B", options.second, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.json(options.output, fields);
}

struct Difference {
  std::string where;
  std::string what;
  std::optional<Value> a;  // nullopt: there is none on this side
  std::optional<Value> b;
};

struct Side {
  Execution execution;
  std::map<std::string, NodeExecution> nodes;  // by path
};

Result<Side> read_side(const std::string& word, core::ExecutionStore& store) {
  Side side;
  GOFLOW_TRY(side.execution, find_execution(word, store));
  GOFLOW_TRY(auto nodes, store.nodes(side.execution.id));
  for (NodeExecution& node : nodes) {
    std::string path = node.path;
    side.nodes.insert_or_assign(std::move(path), std::move(node));
  }
  return side;
}

class Comparison {
 public:
  Comparison(const Side& a, const Side& b) : a_(a), b_(b) {
    compare("workflow", "id", a.execution.workflow_id, b.execution.workflow_id);
    compare("workflow", "definition", a.execution.definition_sha256, b.execution.definition_sha256);
    compare_inputs();
    compare("execution", "status", to_string(a.execution.status), to_string(b.execution.status));
    compare("execution", "return_value", a.execution.return_value, b.execution.return_value);
    compare_nodes();
  }

  [[nodiscard]] const std::vector<Difference>& differences() const { return differences_; }

 private:
  void compare(const std::string& where, const char* what, const Value& a, const Value& b) {
    if (a != b) differences_.push_back({where, what, a, b});
  }

  void compare_inputs() {
    std::set<std::string> names;
    for (const Side* side : {&a_, &b_}) {
      for (const auto& [name, value] : side->execution.inputs) {
        names.insert(name);
      }
    }
    for (const std::string& name : names) {
      const Value* a = a_.execution.inputs.find(name);
      const Value* b = b_.execution.inputs.find(name);
      const bool is_same = a != nullptr && b != nullptr && *a == *b;
      if (is_same) continue;
      differences_.push_back({"input " + name,
                              "value",
                              a != nullptr ? std::optional(*a) : std::nullopt,
                              b != nullptr ? std::optional(*b) : std::nullopt});
    }
  }

  void compare_nodes() {
    std::set<std::string> paths;
    for (const Side* side : {&a_, &b_}) {
      for (const auto& [path, node] : side->nodes) {
        paths.insert(path);
      }
    }
    for (const std::string& path : paths) {
      compare_node(path);
    }
  }

  void compare_node(const std::string& path) {
    const auto a = a_.nodes.find(path);
    const auto b = b_.nodes.find(path);
    const std::string where = "node " + path;
    if (a == a_.nodes.end() || b == b_.nodes.end()) {
      const auto status = [](const auto& side, const auto& found) -> std::optional<Value> {
        if (found == side.nodes.end()) return std::nullopt;
        return Value(to_string(found->second.status));
      };
      differences_.push_back({where, "status", status(a_, a), status(b_, b)});
      return;
    }
    compare(where, "status", to_string(a->second.status), to_string(b->second.status));
    compare(where, "outputs", a->second.outputs, b->second.outputs);
  }

  const Side& a_;
  const Side& b_;
  std::vector<Difference> differences_;
};

std::optional<std::chrono::microseconds> took(const NodeExecution& node) {
  if (!node.started_at || !node.completed_at) return std::nullopt;
  return *node.completed_at - *node.started_at;
}

using NodePairs = std::vector<std::pair<const NodeExecution*, const NodeExecution*>>;

NodePairs nodes_of_both(const Side& a, const Side& b) {
  NodePairs pairs;
  for (const auto& [path, node] : a.nodes) {
    const auto other = b.nodes.find(path);
    if (other != b.nodes.end()) pairs.emplace_back(&node, &other->second);
  }
  return pairs;
}

core::Array duration_records(const Side& a, const Side& b) {
  const auto milliseconds = [](const NodeExecution& node) -> Value {
    const auto duration = took(node);
    if (!duration) return {};
    return std::chrono::duration_cast<std::chrono::milliseconds>(*duration).count();
  };
  core::Array records;
  for (const auto& [in_a, in_b] : nodes_of_both(a, b)) {
    records.emplace_back(core::Object{
        {"path", in_a->path}, {"a_ms", milliseconds(*in_a)}, {"b_ms", milliseconds(*in_b)}});
  }
  return records;
}

core::Array difference_records(const std::vector<Difference>& differences) {
  core::Array records;
  for (const Difference& difference : differences) {
    records.emplace_back(core::Object{{"where", difference.where},
                                      {"what", difference.what},
                                      {"a", difference.a.value_or(Value())},
                                      {"b", difference.b.value_or(Value())}});
  }
  return records;
}

Cell value_cell(const std::optional<Value>& value) {
  return value ? text_cell(core::to_text(*value)) : blank_cell();
}

Cell duration_or_blank(const NodeExecution& node) {
  const auto duration = took(node);
  return duration ? duration_cell(*duration) : blank_cell();
}

/// In the form of the differences, so that a program finds the same columns in all rows.
void write_bare_durations(const NodePairs& pairs, Output& out) {
  BareRows rows(out);
  for (const auto& [in_a, in_b] : pairs) {
    rows.add({text_cell("node " + in_a->path),
              text_cell("duration"),
              duration_or_blank(*in_a),
              duration_or_blank(*in_b)});
  }
}

void write_text(const Side& a,
                const Side& b,
                const std::vector<Difference>& differences,
                Context& context) {
  const std::string first = short_id(a.execution.id);
  const std::string second = short_id(b.execution.id);
  Table table({{"WHERE"}, {"WHAT"}, {first}, {second}});
  for (const Difference& difference : differences) {
    table.add({text_cell(difference.where),
               text_cell(difference.what),
               value_cell(difference.a),
               value_cell(difference.b)});
  }
  table.write(context.terminal());
  if (differences.empty()) context.tell(first + " and " + second + " differ in ids and times only");
  const NodePairs pairs = nodes_of_both(a, b);
  if (!context.out().is_terminal()) return write_bare_durations(pairs, context.out());
  Table durations({{"NODE"}, {first, Align::right}, {second, Align::right}});
  for (const auto& [in_a, in_b] : pairs) {
    durations.add({text_cell(in_a->path), duration_or_blank(*in_a), duration_or_blank(*in_b)});
  }
  durations.write(context.terminal());
}

Result<void> run(const DiffOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Side a, read_side(options.first, *store));
  GOFLOW_TRY(const Side b, read_side(options.second, *store));
  const std::vector<Difference> differences = Comparison(a, b).differences();
  if (options.output.is_text()) {
    write_text(a, b, differences, context);
  } else {
    write_records(context.out(),
                  options.output,
                  core::Object{{"a", a.execution.id},
                               {"b", b.execution.id},
                               {"equal", differences.empty()},
                               {"differences", difference_records(differences)},
                               {"durations", duration_records(a, b)}});
  }
  // The differences said it all.
  if (!differences.empty()) return Error{ErrorCode::internal, ""};
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_diff() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
