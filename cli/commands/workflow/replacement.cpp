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

Result<Replacement> find_replacement(const std::string& id,
                                     const WorkflowSource& source,
                                     Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(auto existing, store->find(id));
  if (!existing) return Replacement{id, Change::created, std::nullopt, ""};
  std::string diff =
      core::unified_diff(id + " as saved", existing->text, source.label, source.text);
  const Change change = diff.empty() ? Change::unchanged : Change::replaced;
  return Replacement{id, change, std::move(existing->text), std::move(diff)};
}

void show_changes(const Replacement& replacement, Context& context) {
  Output& err = context.err();
  err.write(painted_diff(replacement.diff, err.style()));
}

core::Value diff_record(const Replacement& replacement) {
  return replacement.before ? core::Value(replacement.diff) : core::Value();
}

}  // namespace goflow::cli
