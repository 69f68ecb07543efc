// goflow config list: every setting and its value.
#include "cli/commands/commands.hpp"
#include "cli/commands/config/setting_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"

namespace goflow::cli {
namespace {

using core::Result;

struct ListOptions {
  bool origin = false;
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, ListOptions& options) {
  command.summary("list the settings")
      .describe(
          "They live in <home>/config.yaml, which may be written by hand. A variable of the "
          "environment wins over the file.")
      .example("goflow config list", "all settings and what they are for")
      .example("goflow config list --origin", "what gave each of them its value");
  command.flag("--origin", options.origin, "show what gave the value");
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, setting_fields());
  command.output_format(options.output);
}

struct Row {
  const core::Setting* setting;
  core::ResolvedSetting resolved;
};

Result<std::vector<Row>> find_rows(Context& context) {
  std::vector<Row> rows;
  for (const core::Setting* setting : core::all_settings()) {
    GOFLOW_TRY(core::ResolvedSetting resolved, context.setting(*setting));
    rows.push_back({setting, std::move(resolved)});
  }
  return rows;
}

/// A newer goflow may have written them, or somebody mistyped one: it has no effect, and is told.
Result<void> warn_of_unknown(Context& context) {
  if (context.options().quiet) return {};
  GOFLOW_TRY(const storage::ConfigFile config, context.config());
  GOFLOW_TRY(const auto entries, config.read());
  for (const core::ConfigEntry& entry : entries) {
    const auto found = core::find_setting(entry.name);
    if (found) continue;
    context.err().line("warning: config.yaml:" + std::to_string(entry.line) + ": " +
                       found.error().message);
  }
  return {};
}

Cell origin_cell(const core::ResolvedSetting& resolved) {
  return text_cell(resolved.place.empty() ? to_string(resolved.origin) : resolved.place);
}

void write_table(const std::vector<Row>& rows, const ListOptions& options, Context& context) {
  Table table({{"NAME"}, {"VALUE"}, {options.origin ? "ORIGIN" : "MEANING"}});
  for (const Row& row : rows) {
    table.add({text_cell(row.setting->name),
               row.resolved.value.empty() ? blank_cell() : text_cell(row.resolved.value),
               options.origin ? origin_cell(row.resolved) : text_cell(row.setting->meaning)});
  }
  table.write(context.terminal(), options.no_header ? TableForm::bare : TableForm::automatic);
}

Result<void> run(const ListOptions& options, Context& context) {
  GOFLOW_TRY(const std::vector<Row> rows, find_rows(context));
  GOFLOW_TRY(warn_of_unknown(context));
  if (options.output.is_text()) {
    write_table(rows, options, context);
    return {};
  }
  core::Array records;
  for (const Row& row : rows) {
    records.emplace_back(setting_record(*row.setting, row.resolved));
  }
  write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> config_list() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
