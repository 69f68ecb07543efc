// goflow exec signal: tell a run what it waits for.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "core/base/suggest.hpp"
#include "core/base/ulid.hpp"
#include "core/claimcheck/large_values.hpp"
#include "core/value/json.hpp"
#include "core/workflow/reader.hpp"
#include "core/workflow/words.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

constexpr Field fields[] = {
    {"id", "id of the signal"},
    {"execution", "id of the execution"},
    {"name", "name of the signal"},
    {"data", "what was sent along"},
    {"sent_at", "RFC 3339, UTC"},
};

struct SignalOptions {
  std::string execution;
  std::string name;
  std::optional<std::string> data;
  OutputChoice output;
};

void declare(Command& command, SignalOptions& options) {
  command.summary("send a signal to an execution")
      .describe(
          "A signal node waits for a signal by its name; the data becomes its value. The signal is "
          "kept until a node waits for it, so it may come early, and it is given to one node: the "
          "one that began to wait first. An interrupted execution gets it when it is resumed.")
      .example("goflow exec signal @latest approve", "let the newest execution go on")
      .example("goflow exec signal 8m4vq2dk approve --data '{\"ok\": true}'",
               "with data, as the value of the node")
      .exit_code(2, "the name or the data is malformed")
      .exit_code(3, "no such execution")
      .exit_code(6, "the execution has ended");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.positional("NAME", options.name, "what the node waits for");
  command.option("--data JSON", options.data, "a JSON value, @FILE, or - for stdin");
  command.json(options.output, fields);
}

Result<std::string> data_text(const std::string& written, Context& context) {
  if (written == "-") return context.read_input(written);
  if (written.starts_with('@')) return context.read_input(written.substr(1));
  return written;
}

Result<core::Value> read_data(const std::optional<std::string>& written, Context& context) {
  if (!written) return core::Value();
  GOFLOW_TRY(const std::string text, data_text(*written, context));
  auto value = core::parse_json(text);
  if (value) return *std::move(value);
  return Error{ErrorCode::invalid_argument, "--data: " + value.error().message}.with_hint(
      "text needs its own quotes: --data '\"yes\"'");
}

Result<core::Signal> make_signal(const SignalOptions& options, Context& context) {
  if (!core::is_node_id(options.name)) {
    return Error{ErrorCode::invalid_argument,
                 "'" + options.name + "' cannot be the name of a signal"}
        .with_hint("begin with a letter, go on with letters, digits, '_' and '-'");
  }
  GOFLOW_TRY(core::Value data, read_data(options.data, context));
  const core::Timestamp now = context.now();
  return core::Signal{
      core::new_signal_id(now), options.name, std::move(data), context.user_name(), now};
}

/// The signals a workflow waits for; nullopt when only its run knows, or nobody any more.
Result<std::optional<std::vector<std::string>>> known_names(const Execution& execution,
                                                            core::ExecutionStore& store) {
  if (execution.definition_sha256.empty()) return std::optional<std::vector<std::string>>();
  GOFLOW_TRY(const std::string text, store.definition(execution.definition_sha256));
  const auto reading = core::read_workflow(text);
  if (!reading.workflow) return std::optional<std::vector<std::string>>();
  std::vector<std::string> names;
  for (const core::Node& node : reading.workflow->nodes) {
    const auto* signal = std::get_if<core::SignalNode>(&node.work);
    if (signal == nullptr) continue;
    if (!signal->signal.what.is_literal()) return std::optional<std::vector<std::string>>();
    names.push_back(signal->signal.what.text());
  }
  return std::optional(std::move(names));
}

bool waits_for(const core::NodeExecution& node, const std::string& name) {
  return node.status == core::NodeStatus::running && node.wait && node.wait->signal == name;
}

/// Of the runs within this one, however deep, one that waits for the signal right now.
Result<std::optional<Execution>> inner_run_waiting_for(const std::string& name,
                                                       const std::string& execution_id,
                                                       core::ExecutionStore& store) {
  GOFLOW_TRY(const auto children, store.children(execution_id));
  for (const Execution& child : children) {
    if (is_terminal(child.status)) continue;
    GOFLOW_TRY(const auto nodes, store.nodes(child.id));
    const bool waits = std::any_of(
        nodes.begin(), nodes.end(), [&](const auto& node) { return waits_for(node, name); });
    if (waits) return std::optional(child);
    GOFLOW_TRY(auto deeper, inner_run_waiting_for(name, child.id, store));
    if (deeper) return deeper;
  }
  return std::optional<Execution>();
}

/// It is kept nevertheless: who sends it may know better.
Result<void> warn_of_deaf_ears(const Execution& execution,
                               const std::string& name,
                               core::ExecutionStore& store,
                               Context& context) {
  GOFLOW_TRY(const auto names, known_names(execution, store));
  if (!names || std::find(names->begin(), names->end(), name) != names->end()) return {};
  std::string warning =
      "warning: no node of '" + execution.workflow_id + "' waits for '" + name + "'";
  GOFLOW_TRY(const auto inner, inner_run_waiting_for(name, execution.id, store));
  const std::string nearest = core::did_you_mean(name, *names);
  if (inner) {
    warning += "; '" + inner->workflow_id + "' within it does: goflow exec signal " +
               short_id(inner->id) + " " + name;
  } else if (!nearest.empty()) {
    warning += "; " + nearest;
  }
  context.err().line(warning);
  return {};
}

/// What is large does not go into the history, from wherever it comes.
Result<core::Value> kept(const core::Signal& signal, const Execution& execution, Context& context) {
  GOFLOW_TRY(core::ClaimCheck * claim_check, context.claim_check());
  const core::Redactor nothing_secret;
  core::LargeValues large_values(claim_check, execution.id, nothing_secret, context.clock());
  core::Value payload = large_values.kept(signal.payload, signal.name, "");
  for (const std::string& warning : large_values.warnings()) {
    context.err().line("warning: " + warning);
  }
  return payload;
}

Result<void> run(const SignalOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  GOFLOW_TRY(const core::Signal signal, make_signal(options, context));
  core::Signal recorded = signal;
  GOFLOW_TRY(recorded.payload, kept(signal, execution, context));
  if (auto sent = store->send_signal(execution.id, recorded); !sent) {
    return std::move(sent).error().with_hint("see it: goflow exec show " + short_id(execution.id));
  }
  // Only after it was stored: who owns the run now will look, and who takes it later looks anyway.
  GOFLOW_TRY(const auto current, store->find(execution.id));
  if (current && current->owner) engine::wake(*current->owner);
  GOFLOW_TRY(warn_of_deaf_ears(execution, options.name, *store, context));
  if (!options.output.is_text()) {
    write_records(context.out(),
                  options.output,
                  core::Object{{"id", signal.id},
                               {"execution", execution.id},
                               {"name", signal.name},
                               {"data", signal.payload},
                               {"sent_at", core::format_rfc3339(signal.sent_at)}});
    return {};
  }
  const bool is_interrupted = current && engine::is_interrupted(*current, context.now());
  context.tell("sent '" + signal.name + "' to " + short_id(execution.id) +
               (is_interrupted ? "; go on with it: goflow exec resume " + short_id(execution.id)
                               : std::string()));
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_signal() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
