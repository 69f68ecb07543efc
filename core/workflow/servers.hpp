// `servers` of a workflow: the MCP servers that it brings along.
#pragma once

#include "core/workflow/compiler.hpp"
#include "core/workflow/draft.hpp"
#include "core/workflow/form.hpp"
#include "core/workflow/problems.hpp"

namespace goflow::core {

const Keys& server_keys();

/// Rules V18 to V21.
void read_servers(const YamlNode& list, Draft& draft, Compiler& compiler, Problems& problems);

}  // namespace goflow::core
