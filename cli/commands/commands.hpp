// Every command of goflow. A new one is its file and two words: its name here, its line in the
// table of commands.cpp.
#pragma once

#include "cli/command/command_tree.hpp"

namespace goflow::cli {

const CommandTree& commands();

MakeAction workflow_delete, workflow_diff, workflow_edit, workflow_export, workflow_graph,
    workflow_history, workflow_import, workflow_list, workflow_new, workflow_restore, workflow_save,
    workflow_schema, workflow_show, workflow_validate;
MakeAction config_get, config_list, config_set;
MakeAction exec_cancel, exec_list, exec_resume, exec_run, exec_show, exec_signal;
MakeAction complete, completion, doctor, generate, help, version;

}  // namespace goflow::cli
