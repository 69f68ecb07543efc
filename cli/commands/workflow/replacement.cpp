#include "cli/commands/workflow/replacement.hpp"

#include "cli/io/diff_text.hpp"
#include "core/base/line_diff.hpp"

namespace goflow::cli {

using core::Result;

std::string_view to_string(Change change) {
  switch (change) {
    case Change::created:
      return "created";
    case Change::replaced:
      return "replaced";
    case Change::unchanged:
      return "unchanged";
  }
  return "unchanged";
}

Replacement make_replacement(const std::string& id,
                             std::optional<std::string> before,
                             const WorkflowSource& source) {
  if (!before) return {id, Change::created, std::nullopt, ""};
  std::string diff = core::unified_diff(id + " as saved", *before, source.label, source.text);
  const Change change = diff.empty() ? Change::unchanged : Change::replaced;
  return {id, change, std::move(before), std::move(diff)};
}

Result<Replacement> find_replacement(const std::string& id,
                                     const WorkflowSource& source,
                                     Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(auto existing, store->find(id));
  std::optional<std::string> before;
  if (existing) before = std::move(existing->text);
  return make_replacement(id, std::move(before), source);
}

void show_changes(const Replacement& replacement, Context& context) {
  Output& err = context.err();
  err.write(painted_diff(replacement.diff, err.style()));
}

core::Value diff_record(const Replacement& replacement) {
  return replacement.before ? core::Value(replacement.diff) : core::Value();
}

}  // namespace goflow::cli
