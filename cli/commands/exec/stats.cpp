// goflow exec stats: how often, how well and how fast.
#include "cli/arguments/execution_filter.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "core/execution/statistics.hpp"

#include <fmt/format.h>

namespace goflow::cli {
namespace {

using core::Result;
using core::Statistics;

constexpr Field fields[] = {
    {"workflow", "id of the workflow"},
    {"runs", "executions, those that go on among them"},
    {"completed", "how many completed"},
    {"failed", "how many failed"},
    {"timed_out", "how many timed out"},
    {"cancelled", "how many were cancelled"},
    {"success_rate", "completed / (completed + failed + timed out), 0 to 1"},
    {"retries", "how often they were retried"},
    {"p50_ms", "half of those that ended took no longer"},
    {"p95_ms", "95 of 100 took no longer"},
    {"nodes",
     "with a workflow: node, runs, completed, failed, success_rate, retries, p50_ms, p95_ms"},
};

struct StatsOptions {
  std::string workflow;
  FilterArguments filters;
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, StatsOptions& options) {
  command.summary("show how often, how well and how fast executions ran")
      .describe(
          "One row for each workflow, or for one workflow its nodes as well. The success rate is "
          "completed / (completed + failed + timed out); durations are of those that ended, but "
          "not of the cancelled ones. Nodes are counted by their id, in all rounds of a loop "
          "together, by their last attempt; the attempts before it are the retries.")
      .example("goflow exec stats", "every workflow")
      .example("goflow exec stats nightly --since 30d", "one, with its nodes");
  command.positional("[WORKFLOW]", options.workflow, "only this one, with its nodes")
      .completes(CompletesWith::workflow_id);
  command.option("--since TIME", options.filters.since, "created at or after: 90m, 7d, 2026-01-05");
  command.option("--until TIME", options.filters.until, "created before");
  command.flag("--all-levels",
               options.filters.all_levels,
               "also those that are part of another execution, as the work of one of its nodes");
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, fields);
  command.output_format(options.output);
}

core::Value milliseconds(const std::optional<std::chrono::microseconds>& duration) {
  if (!duration) return {};
  return std::chrono::duration_cast<std::chrono::milliseconds>(*duration).count();
}

core::Value number_or_null(const std::optional<double>& number) {
  return number ? core::Value(*number) : core::Value();
}

core::Object workflow_record(const std::string& workflow, const Statistics& statistics) {
  return {{"workflow", workflow},
          {"runs", statistics.runs()},
          {"completed", statistics.completed()},
          {"failed", statistics.failed()},
          {"timed_out", statistics.timed_out()},
          {"cancelled", statistics.cancelled()},
          {"success_rate", number_or_null(statistics.success_rate())},
          {"retries", statistics.retries()},
          {"p50_ms", milliseconds(statistics.percentile(50))},
          {"p95_ms", milliseconds(statistics.percentile(95))}};
}

core::Array node_records(const core::StatisticsByName& nodes) {
  core::Array records;
  for (const auto& [id, statistics] : nodes) {
    records.emplace_back(core::Object{{"node", id},
                                      {"runs", statistics.runs()},
                                      {"completed", statistics.completed()},
                                      {"failed", statistics.failed()},
                                      {"success_rate", number_or_null(statistics.success_rate())},
                                      {"retries", statistics.retries()},
                                      {"p50_ms", milliseconds(statistics.percentile(50))},
                                      {"p95_ms", milliseconds(statistics.percentile(95))}});
  }
  return records;
}

Cell rate_cell(const Statistics& statistics) {
  const auto rate = statistics.success_rate();
  if (!rate) return blank_cell();
  return short_cell(fmt::format("{:.1f} %", *rate * 100), fmt::format("{:.3f}", *rate));
}

Cell duration_or_blank(const std::optional<std::chrono::microseconds>& duration) {
  return duration ? duration_cell(*duration) : blank_cell();
}

void write_table(const char* title,
                 const core::StatisticsByName& rows,
                 const StatsOptions& options,
                 Context& context) {
  Table table({{title},
               {"RUNS", Align::right},
               {"FAILED", Align::right},
               {"SUCCESS", Align::right},
               {"RETRIES", Align::right},
               {"P50", Align::right},
               {"P95", Align::right}});
  for (const auto& [name, statistics] : rows) {
    table.add({text_cell(name),
               number_cell(statistics.runs()),
               number_cell(statistics.failed() + statistics.timed_out()),
               rate_cell(statistics),
               number_cell(statistics.retries()),
               duration_or_blank(statistics.percentile(50)),
               duration_or_blank(statistics.percentile(95))});
  }
  table.write(context.terminal(), options.no_header ? TableForm::bare : TableForm::automatic);
}

void write(const core::StatisticsByName& workflows,
           const core::StatisticsByName& nodes,
           const StatsOptions& options,
           Context& context) {
  if (options.output.is_text()) {
    if (workflows.empty()) context.tell("no executions");
    write_table("WORKFLOW", workflows, options, context);
    if (!nodes.empty() && context.out().is_terminal()) context.out().line("");
    if (!nodes.empty()) write_table("NODE", nodes, options, context);
    return;
  }
  core::Array records;
  for (const auto& [id, statistics] : workflows) {
    core::Object record = workflow_record(id, statistics);
    if (!options.workflow.empty()) record.set("nodes", node_records(nodes));
    records.emplace_back(std::move(record));
  }
  write_records(context.out(), options.output, records);
}

Result<void> run(const StatsOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions_if_any());
  FilterArguments arguments = options.filters;
  if (!options.workflow.empty()) arguments.workflow = options.workflow;
  GOFLOW_TRY(const core::ExecutionFilter filter, make_filter(arguments, store, context));
  core::StatisticsByName workflows;
  core::StatisticsByName nodes;
  if (store != nullptr) {
    GOFLOW_TRY(workflows, store->statistics(filter));
  }
  if (store != nullptr && !options.workflow.empty()) {
    GOFLOW_TRY(nodes, store->node_statistics(filter));
  }
  write(workflows, nodes, options, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> exec_stats() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
