// goflow instance show: one instance in full.
#include "cli/arguments/instance_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/instance/instance_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/table.hpp"
#include "core/value/json.hpp"

namespace goflow::cli {
namespace {

using core::Instance;
using core::Result;

struct ShowOptions {
  std::string instance;
  OutputChoice output;
};

void declare(Command& command, ShowOptions& options) {
  command.summary("show an instance and what it binds")
      .example("goflow instance show nightly-eu", "by its slug")
      .example("goflow instance show nightly-eu --json=inputs", "its inputs, for a program")
      .exit_code(3, "no such instance");
  command.positional("INSTANCE", options.instance, instance_argument_help)
      .completes(CompletesWith::instance_id);
  command.json(options.output, instance_fields());
  command.output_format(options.output);
}

std::string last_run_text(const core::Execution& run) {
  return short_id(run.id) + ", " + std::string(to_string(run.status)) + ", " +
         core::format_rfc3339_seconds(run.created_at);
}

std::string made_text(const std::string& who, core::Timestamp when) {
  return core::format_rfc3339_seconds(when) + " by " + who;
}

/// A name before each line; that of the lines which follow it, once.
class Lines {
 public:
  void add(std::string_view name, const std::string& text) {
    table_.add({text_cell(name == last_ ? "" : name, Tone::dim), text_cell(text)});
    last_ = name;
  }
  void add_problem(const std::string& problem) {
    table_.add({text_cell("problem", Tone::dim), mark_cell(warning_mark(problem))});
  }
  void write(Terminal& terminal) { table_.write(terminal, TableForm::bare); }

 private:
  Table table_{{{""}, {""}}};
  std::string last_;
};

void add_bound(const Instance& instance, Lines& lines) {
  for (const auto& [name, value] : instance.inputs) {
    lines.add("input", name + " = " + (value.is_text() ? value.as_text() : core::to_json(value)));
  }
  for (const auto& [name, text] : instance.env) {
    lines.add("env", name + " = " + text);
  }
  for (const auto& [name, key] : instance.credentials.keys) {
    lines.add("credential", name + " = " + key);
  }
  const std::string& space = instance.credentials.credential_namespace;
  if (!space.empty()) lines.add("namespace", space);
  for (const auto& [key, value] : instance.labels) {
    lines.add("label", key + " = " + value);
  }
}

void write_text(const InstanceView& view, Context& context) {
  const Instance& instance = view.instance;
  Lines lines;
  lines.add("name", instance.name);
  lines.add("slug", instance.slug);
  lines.add("id", instance.id);
  lines.add("workflow", instance.workflow_id + (view.is_default ? ", its default" : ""));
  if (!instance.description.empty()) lines.add("description", instance.description);
  add_bound(instance, lines);
  lines.add("last run", view.last_run ? last_run_text(*view.last_run) : "never");
  lines.add("created", made_text(instance.audit.created_by, instance.created_at));
  lines.add("updated", made_text(instance.audit.updated_by, instance.audit.updated_at));
  if (!view.problem.empty()) lines.add_problem(view.problem);
  lines.write(context.terminal());
}

Result<void> run(const ShowOptions& options, Context& context) {
  GOFLOW_TRY(core::InstanceStore * store, context.instances_if_any());
  GOFLOW_TRY(Instance instance, find_instance(options.instance, store));
  GOFLOW_TRY(const InstanceView view, view_of(std::move(instance), context));
  if (options.output.is_text()) {
    write_text(view, context);
    return {};
  }
  write_records(context.out(), options.output, instance_record(view));
  return {};
}

}  // namespace

std::unique_ptr<Action> instance_show() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
