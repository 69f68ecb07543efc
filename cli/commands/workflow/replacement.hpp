// What saving a text under an id would change.
#pragma once

#include "cli/arguments/workflow_argument.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace goflow::cli {

enum class Change { created, replaced, unchanged };

std::string_view to_string(Change change);

struct Replacement {
  std::string id;
  Change change = Change::created;
  std::optional<std::string> before;  // the text that is there now
  std::string diff;                   // from it to the new one; empty when there is none
};

Replacement make_replacement(const std::string& id,
                             std::optional<std::string> before,
                             const WorkflowSource& source);

/// The same over what is saved now.
core::Result<Replacement> find_replacement(const std::string& id,
                                           const WorkflowSource& source,
                                           Context& context);

/// The diff, to stderr: it belongs to a question or to a refusal.
void show_changes(const Replacement& replacement, Context& context);

/// For records: null when nothing is there.
core::Value diff_record(const Replacement& replacement);

}  // namespace goflow::cli
