// Every command of goflow. A new one is its file and two words: its name here, its line in the
// table of commands.cpp.
#pragma once

#include "cli/command/command_tree.hpp"

namespace goflow::cli {

const CommandTree& commands();

MakeAction workflow_delete, workflow_diff, workflow_edit, workflow_export, workflow_graph,
    workflow_history, workflow_import, workflow_list, workflow_new, workflow_restore, workflow_save,
    workflow_schema, workflow_show, workflow_validate;
MakeAction cred_delete, cred_export, cred_get, cred_import, cred_list, cred_rotate, cred_set,
    cred_test;
MakeAction blobs_gc, blobs_get, blobs_health, blobs_list, blobs_metrics, blobs_put, blobs_rm,
    blobs_stat, blobs_verify;
MakeAction config_get, config_list, config_set;
MakeAction exec_cancel, exec_create, exec_delete, exec_diff, exec_export, exec_list, exec_logs,
    exec_mark, exec_prune, exec_rerun, exec_resume, exec_retry, exec_run, exec_show, exec_signal,
    exec_start, exec_stats, exec_update, exec_update_status, exec_watch;
MakeAction instance_create, instance_delete, instance_list, instance_show, instance_update;
MakeAction complete, completion, doctor, generate, help, jq, version, worker;

}  // namespace goflow::cli
