// The names a shell may offer while a command is being typed.
#pragma once

#include "cli/command/command_tree.hpp"

namespace goflow::cli {

Lookup blob_keys, command_names, credential_keys, execution_ids, instance_slugs, node_ids,
    setting_names, status_words, template_ids, workflow_ids, workflow_versions;

}  // namespace goflow::cli
