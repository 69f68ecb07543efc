// goflow config set: write a setting down in config.yaml.
#include "cli/commands/commands.hpp"
#include "cli/commands/config/setting_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

struct SetOptions {
  std::string name;
  std::optional<std::string> value;
  bool unset = false;
  OutputChoice output;
};

void declare(Command& command, SetOptions& options) {
  command.summary("change a setting")
      .describe(
          "Written to <home>/config.yaml, whose comments and other lines stay as they are. A "
          "variable of the environment still wins over it.")
      .example("goflow config set workflow.versions 100", "keep more versions of each workflow")
      .example("goflow config set editor --unset", "back to the default")
      .exit_code(3, "there is no such setting");
  command.positional("NAME", options.name, "name of a setting").completes(CompletesWith::setting);
  command.positional("[VALUE]", options.value, "what it shall be");
  command.flag("--unset", options.unset, "take it out of the file, so that the default counts");
  command.json(options.output, setting_fields());
}

Result<std::optional<std::string>> wanted_value(const core::Setting& setting,
                                                const SetOptions& options) {
  if (options.unset != options.value.has_value()) {
    if (options.unset) return std::optional<std::string>();
    GOFLOW_TRY(std::string checked, core::check_setting(setting, *options.value));
    return std::optional(std::move(checked));
  }
  const std::string name(setting.name);
  return Error{ErrorCode::invalid_argument,
               options.unset ? "--unset takes no value" : "'" + name + "' needs a value"}
      .with_hint("goflow config set " + name + " VALUE, or goflow config set " + name + " --unset");
}

Result<void> run(const SetOptions& options, Context& context) {
  GOFLOW_TRY(const core::Setting* setting, core::find_setting(options.name));
  GOFLOW_TRY(const auto value, wanted_value(*setting, options));
  GOFLOW_TRY(const storage::ConfigFile config, context.config());
  GOFLOW_TRY(config.change(options.name, value));
  GOFLOW_TRY(const core::ResolvedSetting resolved, context.setting(*setting));
  if (!options.output.is_text()) {
    write_records(context.out(), options.output, setting_record(*setting, resolved));
    return {};
  }
  const bool is_overruled = resolved.origin == core::SettingOrigin::environment;
  context.tell("'" + options.name + "' is " + resolved.value +
               (is_overruled ? ", because " + resolved.place + " says so" : ""));
  return {};
}

}  // namespace

std::unique_ptr<Action> config_set() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
