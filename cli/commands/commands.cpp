#include "cli/commands/commands.hpp"

#include "cli/commands/live_names.hpp"

#include <array>

namespace goflow::cli {
namespace {

constexpr auto nouns = std::to_array<Noun>({
    {"workflow", "keep workflows"},
    {"exec", "run workflows and look at what they did"},
    {"instance", "keep workflows bound to what they are to be run with"},
    {"cred", "keep the secrets that workflows use"},
    {"blobs", "look after the large values that workflows have made"},
    {"config", "settings that hold for every command"},
});

constexpr auto entries = std::to_array<CommandEntry>({
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
    {"workflow graph", workflow_graph},
    {"workflow new", workflow_new},
    {"workflow schema", workflow_schema},
    {"exec run", exec_run},
    {"exec create", exec_create},
    {"exec start", exec_start},
    {"exec list", exec_list},
    {"exec show", exec_show},
    {"exec logs", exec_logs},
    {"exec watch", exec_watch},
    {"exec resume", exec_resume},
    {"exec retry", exec_retry},
    {"exec rerun", exec_rerun},
    {"exec cancel", exec_cancel},
    {"exec signal", exec_signal},
    {"exec mark", exec_mark},
    {"exec update", exec_update},
    {"exec update-status", exec_update_status},
    {"exec delete", exec_delete},
    {"exec prune", exec_prune},
    {"exec stats", exec_stats},
    {"exec export", exec_export},
    {"exec diff", exec_diff},
    {"instance create", instance_create},
    {"instance list", instance_list},
    {"instance show", instance_show},
    {"instance update", instance_update},
    {"instance delete", instance_delete},
    {"cred set", cred_set},
    {"cred get", cred_get},
    {"cred list", cred_list},
    {"cred delete", cred_delete},
    {"cred rotate", cred_rotate},
    {"cred export", cred_export},
    {"cred import", cred_import},
    {"cred test", cred_test},
    {"blobs list", blobs_list},
    {"blobs stat", blobs_stat},
    {"blobs get", blobs_get},
    {"blobs put", blobs_put},
    {"blobs rm", blobs_rm},
    {"blobs gc", blobs_gc},
    {"blobs verify", blobs_verify},
    {"blobs health", blobs_health},
    {"blobs metrics", blobs_metrics},
    {"config get", config_get},
    {"config set", config_set},
    {"config list", config_list},
    {"worker", worker},
    {"doctor", doctor},
    {"completion", completion},
    {"version", version},
    {"help", help},
    {"__complete", complete},
    {"__generate", generate},
    {"__jq", jq},
});

constexpr auto aliases = std::to_array<Alias>({
    {"init", "workflow new"},
    {"run", "exec run"},
    {"validate", "workflow validate"},
    {"list", "workflow list"},
    {"edit", "workflow edit"},
    {"export", "workflow export"},
    {"import", "workflow import"},
    {"executions", "exec list"},
    {"execution", "exec show"},
    {"logs", "exec logs"},
});

constexpr auto lookups = std::to_array<LookupEntry>({
    {CompletesWith::blob, blob_keys},
    {CompletesWith::command, command_names},
    {CompletesWith::credential, credential_keys},
    {CompletesWith::execution_id, execution_ids},
    {CompletesWith::instance_id, instance_slugs},
    {CompletesWith::node_id, node_ids},
    {CompletesWith::setting, setting_names},
    {CompletesWith::status, status_words},
    {CompletesWith::workflow_id, workflow_ids},
    {CompletesWith::template_id, template_ids},
    {CompletesWith::workflow_version, workflow_versions},
});

}  // namespace

const CommandTree& commands() {
  static constexpr CommandTree tree{
      .nouns = nouns, .commands = entries, .aliases = aliases, .lookups = lookups};
  return tree;
}

}  // namespace goflow::cli
