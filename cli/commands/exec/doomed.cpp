#include "cli/commands/exec/doomed.hpp"

#include "cli/io/table.hpp"

namespace goflow::cli {

void write_doomed(const std::vector<core::Execution>& executions, Context& context) {
  Table table({{"ID"}, {"WORKFLOW"}, {"STATUS"}, {"CREATED"}});
  for (const core::Execution& execution : executions) {
    table.add({text_cell(execution.id),
               text_cell(execution.workflow_id),
               status_cell(execution.status),
               time_cell(execution.created_at, context.now())});
  }
  table.write(context.terminal());
}

}  // namespace goflow::cli
