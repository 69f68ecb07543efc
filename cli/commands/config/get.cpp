// goflow config get: the value of one setting.
#include "cli/commands/commands.hpp"
#include "cli/commands/config/setting_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"

namespace goflow::cli {
namespace {

using core::Result;

struct GetOptions {
  std::string name;
  OutputChoice output;
};

void declare(Command& command, GetOptions& options) {
  command.summary("print the value of a setting")
      .describe("The environment wins over <home>/config.yaml, and that over the default.")
      .example("goflow config get workflow.versions", "how many versions a workflow keeps")
      .exit_code(3, "there is no such setting");
  command.positional("NAME", options.name, "name of a setting").completes(CompletesWith::setting);
  command.json(options.output, setting_fields());
}

Result<void> run(const GetOptions& options, Context& context) {
  GOFLOW_TRY(const core::Setting* setting, core::find_setting(options.name));
  GOFLOW_TRY(const core::ResolvedSetting resolved, context.setting(*setting));
  if (options.output.is_text()) {
    context.out().line(resolved.value);
  } else {
    write_records(context.out(), options.output, setting_record(*setting, resolved));
  }
  return {};
}

}  // namespace

std::unique_ptr<Action> config_get() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
