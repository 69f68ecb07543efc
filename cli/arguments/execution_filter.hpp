// Which executions are meant: the filters that lists, exports and the like have in common.
#pragma once

#include "cli/command/command.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {

/// As they were written.
struct FilterArguments {
  std::optional<std::string> workflow;
  std::optional<std::string> instance;
  std::vector<std::string> statuses;
  std::optional<std::string> since;
  std::optional<std::string> until;
  std::vector<std::string> tags;
  std::vector<std::string> labels;
  std::optional<std::string> search;
  bool all_levels = false;  // runs within runs, too

  [[nodiscard]] bool empty() const;
};

void declare_filters(Command& command, FilterArguments& arguments);

/// invalid_argument: a word that means nothing; not_found: a workflow or an instance that neither
/// history nor a file knows. `store` is nullptr when nothing was ever run.
core::Result<core::ExecutionFilter> make_filter(const FilterArguments& arguments,
                                                core::ExecutionStore* store,
                                                Context& context);

/// Adds what the words select; "interrupted" is what goes on without a living owner.
core::Result<void> add_statuses(core::ExecutionFilter& filter,
                                const std::vector<std::string>& words,
                                core::Timestamp now);

/// A workflow that neither history nor a file knows is a mistake, not an empty list.
core::Result<void> check_workflow(const std::string& id,
                                  core::ExecutionStore* store,
                                  Context& context);

}  // namespace goflow::cli
