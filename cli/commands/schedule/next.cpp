// goflow schedule next: the times that come, of schedules or of a cron line.
#include "cli/commands/commands.hpp"
#include "cli/commands/schedule/scheduled_workflow.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "core/schedule/occurrences.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Object;
using core::Result;
using core::Timestamp;
using core::Value;

constexpr int most_times = 10'000;

constexpr Field fields[] = {
    {"time", "when, in UTC"},
    {"local_time", "what the clock of the time zone shows then"},
    {"workflow", "whose time it is; null for that of a cron line"},
};

struct NextOptions {
  std::vector<std::string> words;
  int count = 5;
  std::optional<std::string> time_zone;
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, NextOptions& options) {
  command.summary("show when schedules come next")
      .describe(
          "Of a workflow, of all saved ones together, or of a cron line: five fields for minute, "
          "hour, day of month, month and day of week, or @hourly, @daily, @weekly, @monthly, "
          "@yearly. What is chosen in both fields of days is either-or. In spring a time that the "
          "clock jumps over comes right after the jump; in autumn one that it shows twice comes "
          "once. Lines of every hour go by the clock alone.")
      .example("goflow schedule next nightly", "the next five times of a workflow")
      .example("goflow schedule next '0 2 * * 1-5' --timezone Europe/Berlin", "try a cron line")
      .example("goflow schedule next -n 20", "what comes, of all schedules")
      .exit_code(2, "the cron line is not valid")
      .exit_code(6, "the workflow has no schedule");
  command.positional("[WHAT...]", options.words, "saved workflows, or a cron line")
      .completes(CompletesWith::workflow_id);
  command.option("-n, --count N", options.count, "so many times");
  command.option(
      "--timezone ZONE", options.time_zone, "whose clock a cron line goes by, as Europe/Berlin");
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, fields);
  command.output_format(options.output);
}

/// Of one workflow, or of the line that was typed.
struct Series {
  std::vector<core::CronLine> lines;
  core::TimeZone zone;
  std::string workflow;  // empty: of a cron line
};

struct Row {
  Timestamp time;
  const Series* series;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

/// What the shell has split is known by its first field, which no workflow is called.
bool is_cron_line(const std::vector<std::string>& words) {
  if (words.empty()) return false;
  const std::string& first = words.front();
  const bool has_fields = first.find(' ') != std::string::npos;
  const bool is_minute = first.find_first_not_of("0123456789*,-/") == std::string::npos;
  return first.starts_with('@') || has_fields || (is_minute && words.size() > 1);
}

Result<Series> series_of_line(const std::string& text, const NextOptions& options) {
  GOFLOW_TRY(core::CronLine line, core::CronLine::parse(text));
  GOFLOW_TRY(core::TimeZone zone, core::TimeZone::find_or_local(options.time_zone.value_or("")));
  return Series{{std::move(line)}, std::move(zone), ""};
}

Result<Series> series_of_workflow(const std::string& written, Context& context) {
  GOFLOW_TRY(ScheduledWorkflow scheduled, find_scheduled_workflow(written, context));
  return Series{scheduled.schedule().lines, scheduled.zone, scheduled.workflow.id};
}

Result<std::vector<Series>> find_series(const NextOptions& options, Context& context) {
  std::vector<Series> found;
  if (is_cron_line(options.words)) {
    GOFLOW_TRY(Series series, series_of_line(joined(options.words), options));
    found.push_back(std::move(series));
    return found;
  }
  if (options.time_zone) {
    return Error{ErrorCode::invalid_argument, "--timezone is for cron lines"}.with_hint(
        "a workflow has its own, as in: schedule: {cron: 0 2 * * *, timezone: Europe/Berlin}");
  }
  GOFLOW_TRY(const auto ids, named_or_all(options.words, context));
  for (const std::string& id : ids) {
    GOFLOW_TRY(Series series, series_of_workflow(id, context));
    found.push_back(std::move(series));
  }
  return found;
}

std::vector<Row> next_rows(const std::vector<Series>& all, int count, Timestamp now) {
  std::vector<Row> rows;
  for (const Series& series : all) {
    core::Occurrences occurrences(series.lines, series.zone, now);
    for (int i = 0; i < count; ++i) {
      const auto time = occurrences.next();
      if (!time) break;
      rows.push_back(Row{*time, &series});
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& one, const Row& other) {
    return one.time < other.time;
  });
  if (std::ssize(rows) > count) rows.erase(rows.begin() + count, rows.end());
  return rows;
}

void write_table(const std::vector<Row>& rows, const NextOptions& options, Context& context) {
  Table table({{"NEXT"}, {"WORKFLOW"}});
  for (const Row& row : rows) {
    table.add(
        {short_cell(row.series->zone.format(row.time), core::format_rfc3339_seconds(row.time)),
         row.series->workflow.empty() ? blank_cell() : text_cell(row.series->workflow)});
  }
  table.write(context.terminal(), options.no_header ? TableForm::bare : TableForm::automatic);
}

Object record_of(const Row& row) {
  const std::string& workflow = row.series->workflow;
  return {{"time", core::format_rfc3339_seconds(row.time)},
          {"local_time", row.series->zone.format(row.time)},
          {"workflow", workflow.empty() ? Value() : Value(workflow)}};
}

Result<void> run(const NextOptions& options, Context& context) {
  if (options.count < 1 || options.count > most_times) {
    return Error{ErrorCode::invalid_argument, "--count must be from 1 to 10000"};
  }
  GOFLOW_TRY(const auto series, find_series(options, context));
  if (series.empty()) context.tell("no schedules; try a line: goflow schedule next '0 2 * * 1-5'");
  const std::vector<Row> rows = next_rows(series, options.count, context.now());
  if (options.output.is_text()) {
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

std::unique_ptr<Action> schedule_next() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
