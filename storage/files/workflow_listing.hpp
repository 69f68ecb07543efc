// What lies in the folder of the workflows, told without reading more than has to be.
#pragma once

#include "core/base/result.hpp"
#include "core/workflow/workflow_summary.hpp"
#include "storage/files/workflow_index.hpp"

#include <functional>
#include <string>
#include <vector>

namespace goflow::storage {

/// The number of the current version of a workflow whose file lies there.
using FindVersion = std::function<int(const std::string& id, const std::string& file_name)>;

/// Every file that is meant to be a workflow, by id; one that cannot be read says why.
///
/// 1. A file is looked at before it is read: if it changes in between, its stamp is older than what
///    was read, and the next list reads it again.
/// 2. A file that changed less than two seconds ago is not remembered: a clock that ticks slowly
///    could give the next change the same stamp.
/// 3. The index appears whole, by a rename; of two lists at once the last one's stays.
core::Result<std::vector<core::WorkflowSummary>> list_workflows(const std::string& path,
                                                                const WorkflowIndexFile& index,
                                                                const FindVersion& find_version);

}  // namespace goflow::storage
