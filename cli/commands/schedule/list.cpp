// goflow schedule list: which workflows run by themselves, and when next.
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/last_run.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "core/schedule/occurrences.hpp"

#include <map>
#include <optional>
#include <utility>

namespace goflow::cli {
namespace {

using core::Object;
using core::Result;
using core::Timestamp;
using core::Value;

constexpr Field fields[] = {
    {"workflow", "the name it is saved under"},
    {"cron", "the lines of its schedule"},
    {"timezone", "whose clock they go by; null for that of the machine"},
    {"enabled", "false after goflow schedule disable"},
    {"next", "when it comes next; null when it is disabled, or the time zone is not known here"},
    {"looked_after_until", "what was due until then has run or was let go; null before that"},
    {"last_run", "id, status and started_at of the newest execution, or null"},
};

struct ListOptions {
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, ListOptions& options) {
  command.summary("list the workflows that have a schedule")
      .describe(
          "A schedule is a key of the workflow: schedule: \"0 2 * * 1-5\". What runs it is a timer "
          "of 'goflow schedule install', a worker with --schedules, or a line of crontab that "
          "calls "
          "'goflow schedule run'.")
      .example("goflow schedule list", "when each comes next, and how its last run went")
      .example("goflow schedule list --json=workflow,next", "for a script");
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, fields);
  command.output_format(options.output);
}

struct Row {
  core::WorkflowSummary workflow;
  std::optional<core::ScheduleState> state;      // nullopt: nobody has looked at it yet
  std::optional<core::Execution> last_run;       // of any kind
  std::optional<Timestamp> next = std::nullopt;  // nullopt: never, as things are

  [[nodiscard]] const core::Execution* run() const { return last_run ? &*last_run : nullptr; }
  [[nodiscard]] bool is_enabled() const { return !state || state->enabled; }
};

std::optional<Timestamp> next_time(const core::WorkflowSummary& workflow, Timestamp now) {
  std::vector<core::CronLine> lines;
  for (const std::string& text : workflow.cron) {
    if (auto line = core::CronLine::parse(text)) lines.push_back(*std::move(line));
  }
  const auto zone = core::TimeZone::find_or_local(workflow.time_zone);
  if (!zone) return std::nullopt;
  return core::Occurrences(lines, *zone, now).next();
}

Result<std::map<std::string, core::ScheduleState>> known_states(Context& context) {
  std::map<std::string, core::ScheduleState> states;
  GOFLOW_TRY(core::ScheduleStore * store, context.schedules_if_any());
  if (store == nullptr) return states;
  GOFLOW_TRY(auto listed, store->list());
  for (core::ScheduleState& state : listed) {
    states.emplace(state.workflow_id, state);
  }
  return states;
}

template <class Found>
std::optional<Found> found_in(const std::map<std::string, Found>& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<Row>> find_rows(Context& context) {
  std::vector<Row> rows;
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(auto workflows, store->list());
  std::erase_if(workflows, [](const core::WorkflowSummary& one) { return one.cron.empty(); });
  if (workflows.empty()) return rows;
  GOFLOW_TRY(const auto states, known_states(context));
  std::map<std::string, core::Execution> last_runs;
  GOFLOW_TRY(core::ExecutionStore * history, context.executions_if_any());
  if (history != nullptr) {
    GOFLOW_TRY(last_runs, history->latest_by_workflow());
  }
  const Timestamp now = context.now();
  for (core::WorkflowSummary& workflow : workflows) {
    Row row{std::move(workflow), std::nullopt, std::nullopt};
    row.state = found_in(states, row.workflow.id);
    row.last_run = found_in(last_runs, row.workflow.id);
    if (row.is_enabled()) row.next = next_time(row.workflow, now);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += (text.empty() ? "" : "; ") + line;
  }
  return text;
}

Cell next_cell(const Row& row, Timestamp now) {
  if (row.next) return time_cell(*row.next, now);
  return mark_cell(row.is_enabled() ? warning_mark("unknown") : neutral_mark("disabled"));
}

Cell zone_cell(const Row& row) {
  return row.workflow.time_zone.empty() ? text_cell("local") : text_cell(row.workflow.time_zone);
}

void write_table(const std::vector<Row>& rows, const ListOptions& options, Context& context) {
  const Timestamp now = context.now();
  Table table({{"WORKFLOW"}, {"CRON"}, {"ZONE"}, {"NEXT"}, {"LAST RUN"}, {""}});
  for (const Row& row : rows) {
    table.add({text_cell(row.workflow.id),
               text_cell(joined(row.workflow.cron)),
               zone_cell(row),
               next_cell(row, now),
               last_run_cell(row.run(), now),
               last_run_time_cell(row.run(), now)});
  }
  table.write(context.terminal(), options.no_header ? TableForm::bare : TableForm::automatic);
}

Value time_record(const std::optional<Timestamp>& time) {
  return time ? Value(core::format_rfc3339(*time)) : Value();
}

Object record_of(const Row& row) {
  const std::string& zone = row.workflow.time_zone;
  return {{"workflow", row.workflow.id},
          {"cron", core::Array(row.workflow.cron.begin(), row.workflow.cron.end())},
          {"timezone", zone.empty() ? Value() : Value(zone)},
          {"enabled", row.is_enabled()},
          {"next", time_record(row.next)},
          {"looked_after_until", row.state ? time_record(row.state->looked_after_until) : Value()},
          {"last_run", last_run_record(row.run())}};
}

Result<void> run(const ListOptions& options, Context& context) {
  GOFLOW_TRY(const auto rows, find_rows(context));
  if (options.output.is_text()) {
    if (rows.empty()) {
      context.tell("no schedules; write one into a workflow, as in: schedule: 0 2 * * 1-5");
    }
    write_table(rows, options, context);
    return {};
  }
  core::Array records;
  for (const Row& row : rows) {
    records.emplace_back(record_of(row));
  }
  write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> schedule_list() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
