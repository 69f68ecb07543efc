// goflow instance list: which instances there are, and how their last runs went.
#include "cli/arguments/execution_filter.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/last_run.hpp"
#include "cli/commands/instance/instance_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"

namespace goflow::cli {
namespace {

using core::Instance;
using core::Result;

struct ListOptions {
  std::optional<std::string> workflow;
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, ListOptions& options) {
  command.summary("list instances, by workflow")
      .describe(
          "Under NAME stands the slug, which is what other commands take. A workflow gets its "
          "default instance with the first run for which none was named.")
      .example("goflow instance list", "those of all workflows")
      .example("goflow instance list --workflow nightly --json=slug,inputs", "what they bind")
      .exit_code(3, "no such workflow");
  command.option("--workflow ID", options.workflow, "only those of this workflow")
      .completes(CompletesWith::workflow_id);
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, instance_fields());
  command.output_format(options.output);
}

/// A workflow is known by its file, its runs or its instances; any of them may be left of it.
Result<void> check_known(const std::string& workflow,
                         const std::vector<Instance>& instances,
                         Context& context) {
  if (!instances.empty()) return {};
  GOFLOW_TRY(core::ExecutionStore * history, context.executions_if_any());
  return check_workflow(workflow, history, context);
}

Result<std::vector<InstanceView>> find_views(const ListOptions& options, Context& context) {
  std::vector<InstanceView> views;
  std::vector<Instance> instances;
  GOFLOW_TRY(core::InstanceStore * store, context.instances_if_any());
  if (store != nullptr) {
    GOFLOW_TRY(instances, store->list(options.workflow));
  }
  if (options.workflow) GOFLOW_TRY(check_known(*options.workflow, instances, context));
  if (instances.empty()) return views;
  GOFLOW_TRY(InstanceViews around, InstanceViews::open(context));
  for (Instance& instance : instances) {
    GOFLOW_TRY(views.emplace_back(), around.of(std::move(instance)));
  }
  return views;
}

template <typename Rows>
void add_rows(const std::vector<InstanceView>& views, core::Timestamp now, Rows& rows) {
  for (const InstanceView& view : views) {
    rows.add({text_cell(view.instance.slug),
              text_cell(view.instance.workflow_id),
              last_run_cell(view.run(), now),
              last_run_time_cell(view.run(), now),
              time_cell(view.instance.audit.updated_at, now),
              view.problem.empty() ? blank_cell() : mark_cell(warning_mark(view.problem))});
  }
}

void write_table(const std::vector<InstanceView>& views,
                 const ListOptions& options,
                 Context& context) {
  const TableForm form = options.no_header ? TableForm::bare : TableForm::automatic;
  if (is_bare(context.out(), form)) {
    BareRows rows(context.out());
    return add_rows(views, context.now(), rows);
  }
  Table table({{"NAME"}, {"WORKFLOW"}, {"LAST RUN"}, {""}, {"UPDATED"}, {"PROBLEM"}});
  add_rows(views, context.now(), table);
  table.write(context.terminal(), form);
}

Result<void> run(const ListOptions& options, Context& context) {
  GOFLOW_TRY(const std::vector<InstanceView> views, find_views(options, context));
  if (options.output.is_text()) {
    if (views.empty()) {
      context.tell("no instances; make one: goflow instance create NAME --workflow ID");
    }
    write_table(views, options, context);
    return {};
  }
  core::Array records;
  for (const InstanceView& view : views) {
    records.emplace_back(instance_record(view));
  }
  write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> instance_list() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
