// The id of a run that is the work of a node of another run.
#pragma once

#include <string>

namespace goflow::core {

/// Made of where the node stands, so that whoever resumes the outer run finds the inner one again.
/// It is as old as the outer id says.
std::string child_execution_id(const std::string& parent_id,
                               const std::string& node_path,
                               int attempt);

}  // namespace goflow::core
