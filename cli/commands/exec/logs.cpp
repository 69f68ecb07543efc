// goflow exec logs: what happened in a run, and what its steps wrote.
#include "cli/arguments/change_watch.hpp"
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/kept_logs.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/width.hpp"
#include "core/base/suggest.hpp"
#include "core/execution/log_lines.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::LogLine;
using core::Result;

constexpr Field fields[] = {
    {"time", "RFC 3339, UTC; of a line of output when it was recorded"},
    {"node", "id of the node; null for the execution itself"},
    {"path", "its path"},
    {"attempt", "which attempt, from 1"},
    {"stream", "stdout, stderr or event"},
    {"line", "the line of output, or what happened: started, completed, failed: …"},
};

enum class Stream { out, err, event };

struct LogsOptions {
  std::string execution;
  std::optional<std::string> node;
  std::optional<Stream> stream;
  std::optional<int> attempt;
  std::optional<int> tail;
  bool follow = false;
  OutputChoice output;
};

const Choices<Stream>& streams() {
  static const Choices<Stream> choices{
      {"stdout", Stream::out}, {"stderr", Stream::err}, {"event", Stream::event}};
  return choices;
}

std::string word_of(Stream stream) {
  const auto found = std::find_if(streams().begin(), streams().end(), [&](const auto& choice) {
    return choice.second == stream;
  });
  return found->first;
}

void declare(Command& command, LogsOptions& options) {
  command.summary("show what happened in an execution, and what its steps wrote")
      .describe(
          "Events and captured output in the order in which they happened. In a pipe a line is "
          "time, path, stream and text; with both --node and --stream it is the text alone. All "
          "of it is kept, whatever its length: see goflow-blobs(1).")
      .example("goflow logs @latest", "of the newest execution")
      .example("goflow logs @latest -f", "and what comes, until it ends")
      .example("goflow exec logs 8m4vq2dk --node fetch --stream stderr", "the text of one step")
      .exit_code(3, "no such execution, no such node, it was deleted meanwhile, or a log expired");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--node NODE", options.node, "only of this node: its id or its path")
      .completes(CompletesWith::node_id);
  command.option("--stream STREAM", options.stream, streams(), "only this stream");
  command.option("--attempt N", options.attempt, "only this attempt, from 1");
  command.option("--tail N", options.tail, "only the last lines");
  command.flag("-f, --follow", options.follow, "go on until the execution ends");
  command.json(options.output, fields);
}

Result<void> check_numbers(const LogsOptions& options) {
  if (options.tail && *options.tail < 0) {
    return Error{ErrorCode::invalid_argument, "--tail must not be negative"};
  }
  if (options.attempt && *options.attempt < 1) {
    return Error{ErrorCode::invalid_argument, "--attempt counts from 1"};
  }
  return {};
}

/// A node that has not begun may still come, as long as somebody waits for it.
Result<void> check_node(const LogsOptions& options,
                        const core::ExecutionChanges& record,
                        const std::string& id) {
  if (!options.node || (options.follow && !is_terminal(record.execution->status))) return {};
  std::vector<std::string> names;
  for (const core::NodeExecution& node : record.nodes) {
    if (node.node_id == *options.node || node.path == *options.node) return {};
    names.push_back(node.path);
  }
  std::string hint = core::did_you_mean(*options.node, names);
  if (hint.empty()) hint = "see its nodes: goflow exec show " + id;
  return Error{ErrorCode::not_found, "execution '" + id + "' has no node '" + *options.node + "'"}
      .with_hint(hint);
}

bool is_wanted(const LogLine& line, const LogsOptions& options) {
  if (options.node && line.node != *options.node && line.path != *options.node) return false;
  if (options.stream && line.stream != word_of(*options.stream)) return false;
  return !options.attempt || line.attempt == *options.attempt;
}

void write_line_record(const LogLine& line, const LogsOptions& options, Output& out) {
  const auto or_null = [](const std::string& text) {
    return text.empty() ? core::Value() : core::Value(text);
  };
  const core::Object record{{"time", core::format_rfc3339(line.time)},
                            {"node", or_null(line.node)},
                            {"path", or_null(line.path)},
                            {"attempt", line.attempt},
                            {"stream", line.stream},
                            {"line", line.line}};
  write_json_line(out, select_fields(record, options.output.fields));
}

std::string for_terminal(const LogLine& line, const Style& style) {
  const std::string clock = core::format_rfc3339(line.time).substr(11, 8);
  const std::string path = line.path.empty() ? "" : "  " + one_line(line.path);
  const bool is_event = line.stream == "event";
  const std::string text = one_line(line.line);
  return style.paint(Tone::dim, clock) + style.paint(Tone::bold, path) +
         (is_event ? "  " + style.paint(Tone::dim, text) : "  | " + text);
}

std::string text_of(const LogLine& line, const LogsOptions& options, const Output& out) {
  if (options.node && options.stream) return line.line;
  if (out.is_terminal()) return for_terminal(line, out.style());
  return core::format_rfc3339(line.time) + "\t" + (line.path.empty() ? "-" : line.path) + "\t" +
         line.stream + "\t" + line.line;
}

/// Writes lines as they come; of those for a pager, once it has all of them.
class LineWriter {
 public:
  LineWriter(const LogsOptions& options, Context& context) : options_(options), context_(context) {}

  void write(const LogLine& line) {
    Output& out = context_.out();
    if (!options_.output.is_text()) return write_line_record(line, options_, out);
    text_ += text_of(line, options_, out) + "\n";
    const bool may_page = !options_.follow && out.is_terminal() && !is_too_long_for_pager_;
    if (text_.size() < (may_page ? longest_in_pager : enough_for_a_write)) return;
    is_too_long_for_pager_ = true;
    hand_on();
  }
  void finish() {
    if (options_.follow || is_too_long_for_pager_) return hand_on();
    context_.show(std::exchange(text_, {}));
  }

 private:
  static constexpr std::size_t enough_for_a_write = 64UL * 1024;
  static constexpr std::size_t longest_in_pager = 16UL * 1024 * 1024;

  void hand_on() { context_.out().write(std::exchange(text_, {})); }

  const LogsOptions& options_;
  Context& context_;
  std::string text_;
  bool is_too_long_for_pager_ = false;
};

Result<void> write_new(core::LogReader& reader,
                       const core::ExecutionChanges& changes,
                       const LogsOptions& options,
                       Context& context) {
  LineWriter writer(options, context);
  auto read = reader.read(changes, [&](const LogLine& line) { writer.write(line); });
  writer.finish();
  return read;
}

Result<void> write_last(core::LogReader& reader,
                        const core::ExecutionChanges& changes,
                        const LogsOptions& options,
                        Context& context) {
  std::deque<LogLine> last;
  const auto most = static_cast<std::size_t>(*options.tail);
  auto read = reader.read(changes, [&](const LogLine& line) {
    last.push_back(line);
    if (last.size() > most) last.pop_front();
  });
  LineWriter writer(options, context);
  for (const LogLine& line : last) {
    writer.write(line);
  }
  writer.finish();
  return read;
}

Result<void> follow(ChangeWatch& watch,
                    core::LogReader& reader,
                    const LogsOptions& options,
                    Context& context) {
  while (!watch.has_ended()) {
    context.out().flush();
    GOFLOW_TRY(const auto changes, watch.next(std::nullopt));
    if (!changes) return context.out().reader_is_gone() ? Result<void>() : watch.deleted();
    GOFLOW_TRY(write_new(reader, *changes, options, context));
  }
  return {};
}

Result<void> run(const LogsOptions& options, Context& context) {
  GOFLOW_TRY(check_numbers(options));
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  ChangeWatch watch(*store, execution.id, context.clock(), context.out());
  GOFLOW_TRY(const core::ExecutionChanges record, watch.first());
  GOFLOW_TRY(check_node(options, record, execution.id));
  KeptLogs texts(context, *store, execution.id);
  core::LogReader reader(texts, [&](const LogLine& line) { return is_wanted(line, options); });
  GOFLOW_TRY(options.tail ? write_last(reader, record, options, context)
                          : write_new(reader, record, options, context));
  return options.follow ? follow(watch, reader, options, context) : Result<void>();
}

}  // namespace

std::unique_ptr<Action> exec_logs() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
