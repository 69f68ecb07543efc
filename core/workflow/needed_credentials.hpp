// The credentials of a workflow and of those that it runs.
#pragma once

#include "core/workflow/workflow.hpp"
#include "core/workflow/workflow_chain.hpp"

#include <span>
#include <vector>

namespace goflow::core {

/// Each name once, in the order in which they are met. What any of the workflows requires is
/// required. What a run within a run needs is needed from the start: nobody wants to learn after
/// an hour that it is not there.
std::vector<CredentialNeed> needed_credentials(std::span<const Workflow* const> workflows,
                                               StoredWorkflows& stored);

}  // namespace goflow::core
