#include "cli/commands/commands.hpp"

#include "cli/commands/live_names.hpp"

#include <array>

namespace goflow::cli {
namespace {

constexpr std::array<Noun, 3> nouns{{
    {"workflow", "keep workflows"},
    {"exec", "run workflows and look at what they did"},
    {"config", "settings that hold for every command"},
}};

constexpr std::array<CommandEntry, 25> entries{{
    {"workflow save", workflow_save},
    {"workflow list", workflow_list},
    {"workflow show", workflow_show},
    {"workflow delete", workflow_delete},
    {"workflow edit", workflow_edit},
    {"workflow validate", workflow_validate},
    {"workflow export", workflow_export},
    {"workflow import", workflow_import},
    {"workflow history", workflow_history},
    {"workflow restore", workflow_restore},
    {"workflow diff", workflow_diff},
    {"exec run", exec_run},
    {"exec list", exec_list},
    {"exec show", exec_show},
    {"exec resume", exec_resume},
    {"exec cancel", exec_cancel},
    {"config get", config_get},
    {"config set", config_set},
    {"config list", config_list},
    {"doctor", doctor},
    {"completion", completion},
    {"version", version},
    {"help", help},
    {"__complete", complete},
    {"__generate", generate},
}};

constexpr std::array<Alias, 8> aliases{{
    {"run", "exec run"},
    {"validate", "workflow validate"},
    {"list", "workflow list"},
    {"edit", "workflow edit"},
    {"export", "workflow export"},
    {"import", "workflow import"},
    {"executions", "exec list"},
    {"execution", "exec show"},
}};

constexpr std::array<LookupEntry, 5> lookups{{
    {CompletesWith::command, command_names},
    {CompletesWith::execution_id, execution_ids},
    {CompletesWith::setting, setting_names},
    {CompletesWith::workflow_id, workflow_ids},
    {CompletesWith::workflow_version, workflow_versions},
}};

}  // namespace

const CommandTree& commands() {
  static constexpr CommandTree tree{
      .nouns = nouns, .commands = entries, .aliases = aliases, .lookups = lookups};
  return tree;
}

}  // namespace goflow::cli
