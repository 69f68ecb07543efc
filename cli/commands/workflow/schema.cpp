// goflow workflow schema: the workflow format, for editors.
#include "core/workflow/schema.hpp"

#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "core/value/json.hpp"

namespace goflow::cli {
namespace {

struct SchemaOptions {};

void declare(Command& command, SchemaOptions&) {
  command.summary("print the JSON Schema of workflow files")
      .describe(
          "Editors complete and check all keys with it. A file names it in its first line: "
          "# yaml-language-server: $schema=workflow.schema.json")
      .example("goflow workflow schema > workflow.schema.json", "keep it where editors find it");
}

core::Result<void> run(const SchemaOptions&, Context& context) {
  context.out().line(core::to_indented_json(core::workflow_schema()));
  return {};
}

}  // namespace

std::unique_ptr<Action> workflow_schema() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
