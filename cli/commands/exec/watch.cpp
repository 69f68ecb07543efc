// goflow exec watch: the present state of an execution, and every later change.
#include "cli/arguments/change_watch.hpp"
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/commands/exec/verdict.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/times.hpp"
#include "cli/io/width.hpp"
#include "core/base/duration.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::ExecutionChanges;
using core::NodeExecution;
using core::Result;

constexpr Field fields[] = {
    {"event", "state: all as it is; node: one has changed; status: the execution has changed"},
    {"execution", "the record: whole for state, without nodes for status; null for node"},
    {"node", "the record of the node; null for the others"},
};

struct WatchOptions {
  std::string execution;
  std::optional<std::chrono::milliseconds> timeout;
  OutputChoice output;
};

void declare(Command& command, WatchOptions& options) {
  command.summary("follow an execution until it ends")
      .describe(
          "Shows the present state, then every change in its order, until the execution ends. With "
          "--json each is one object on a line of its own. What changes several times within a "
          "moment may be shown once, as it is then; the last state is always shown.")
      .example("goflow exec watch @latest", "the newest one")
      .example("goflow exec watch 8m4vq2dk --json --timeout 5m", "for a program")
      .exit_code(3, "no such execution, or it was deleted meanwhile")
      .exit_code(8, "the time-out found it still running, or it was interrupted")
      .exit_code(10, "the workflow failed")
      .exit_code(124, "the workflow timed out")
      .exit_code(130, "the execution was cancelled");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--timeout D", options.timeout, "watch at most so long: 30s, 5m");
  command.json(options.output, fields);
}

void write_object(core::Value execution,
                  core::Value node,
                  std::string_view event,
                  const WatchOptions& options,
                  Context& context) {
  const core::Object line{
      {"event", event}, {"execution", std::move(execution)}, {"node", std::move(node)}};
  write_json_line(context.out(), select_fields(line, options.output.fields));
}

void write_row(std::string_view what,
               const std::string& name,
               std::string status,
               core::Timestamp at,
               const std::string& detail,
               Context& context) {
  Output& out = context.out();
  if (!out.is_terminal()) {
    out.line(core::format_rfc3339_seconds(at) + "\t" + std::string(what) + "\t" + one_line(name) +
             "\t" + status + "\t" + (detail.empty() ? "-" : one_line(detail)));
    return;
  }
  const Style& style = out.style();
  out.line(style.paint(Tone::dim, core::format_rfc3339(at).substr(11, 8)) + "  " +
           style.paint(Tone::bold, one_line(name)) + "  " + status +
           (detail.empty() ? "" : "  " + one_line(detail)));
}

std::string message_of(const std::optional<core::Failure>& error) {
  return error ? error->message : "";
}

void write_node(const NodeExecution& node, const WatchOptions& options, Context& context) {
  if (!options.output.is_text()) {
    return write_object({}, node_record(node), "node", options, context);
  }
  if (is_scaffolding(node.node_type) && node.status != core::NodeStatus::failed) return;
  const core::Timestamp at = node.completed_at.value_or(node.started_at.value_or(node.created_at));
  std::string status(node.wait ? "waiting" : to_string(node.status));
  write_row("node", node.path, std::move(status), at, message_of(node.error), context);
}

void write_status(const Execution& execution,
                  bool is_interrupted,
                  const WatchOptions& options,
                  Context& context) {
  if (!options.output.is_text()) {
    return write_object(execution_row(execution, context.now()), {}, "status", options, context);
  }
  const core::Timestamp at =
      execution.completed_at.value_or(execution.started_at.value_or(execution.created_at));
  std::string status(is_interrupted ? "interrupted" : to_string(execution.status));
  write_row("execution", execution.id, std::move(status), at, message_of(execution.error), context);
}

Result<void> write_state(const ExecutionChanges& state,
                         bool is_interrupted,
                         const WatchOptions& options,
                         core::ExecutionStore& store,
                         Context& context) {
  if (!options.output.is_text()) {
    GOFLOW_TRY(
        core::Object record,
        execution_record(*state.execution, state.nodes, state.attempts, store, context.now()));
    write_object(std::move(record), {}, "state", options, context);
    return {};
  }
  for (const NodeExecution& node : state.nodes) {
    write_node(node, options, context);
  }
  write_status(*state.execution, is_interrupted, options, context);
  return {};
}

/// Told once: the execution has a number of change of its own with each of its nodes.
bool differs(const Execution& a, const Execution& b) {
  return a.status != b.status || a.completed_at != b.completed_at || a.name != b.name ||
         a.tags != b.tags || a.labels != b.labels || a.annotations != b.annotations ||
         a.cancel.has_value() != b.cancel.has_value();
}

Error out_of_time(const Execution& execution, std::chrono::milliseconds limit) {
  return Error{ErrorCode::running,
               "execution '" + execution.id + "' is " + std::string(to_string(execution.status)) +
                   " still: the " + core::spell_duration(limit) + " of --timeout are over"}
      .with_hint("watch it on: goflow exec watch " + short_id(execution.id));
}

Result<void> run(const WatchOptions& options, Context& context) {
  std::optional<std::chrono::steady_clock::time_point> until;
  if (options.timeout) until = std::chrono::steady_clock::now() + *options.timeout;
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  ChangeWatch watch(*store, execution.id, context.clock(), context.out());
  GOFLOW_TRY(const ExecutionChanges state, watch.first());
  GOFLOW_TRY(write_state(state, watch.is_interrupted(), options, *store, context));
  Execution last = *state.execution;
  bool was_interrupted = watch.is_interrupted();
  while (true) {
    context.out().flush();
    GOFLOW_TRY(const auto changes, watch.next(until));
    if (!changes) break;
    for (const NodeExecution& node : changes->nodes) {
      write_node(node, options, context);
    }
    const bool is_interrupted = watch.is_interrupted();
    if (differs(*changes->execution, last) || is_interrupted != was_interrupted) {
      write_status(*changes->execution, is_interrupted, options, context);
    }
    last = *changes->execution;
    was_interrupted = is_interrupted;
  }
  if (context.out().reader_is_gone()) return {};
  if (was_interrupted) {
    return Error{ErrorCode::running, "execution '" + last.id + "' was interrupted"}.with_hint(
        "go on with it: goflow exec resume " + short_id(last.id));
  }
  if (is_terminal(last.status)) return verdict_of(last);
  return watch.has_ended() ? watch.deleted() : out_of_time(last, *options.timeout);
}

}  // namespace

std::unique_ptr<Action> exec_watch() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
