// Makes a workflow fit to be given away: its text without what was meant for its author alone.
#pragma once

#include "core/base/result.hpp"
#include "core/workflow/workflow.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Something in the original file that the author should look at.
struct ExportNote {
  std::string what;  // "env.API_KEY", "auth", "text"
  Position at;
};

struct ExportedWorkflow {
  std::string text;
  std::vector<ExportNote> removed;     // entries of env and headers, literal auth
  std::vector<ExportNote> references;  // values of credential_ref, to be filled in
  std::vector<ExportNote> suspicious;  // texts that look like tokens; they are unchanged
};

/// Changes only what has to go; comments and layout stay. It need not be a valid workflow. An Error
/// when it is not YAML, or so unusual that an edit would not be sure to be right: `file` is its
/// name.
Result<ExportedWorkflow> export_workflow(std::string_view text, std::string_view file);

}  // namespace goflow::core
