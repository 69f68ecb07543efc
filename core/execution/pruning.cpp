#include "core/execution/pruning.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace goflow::core {
namespace {

constexpr int page_size = 1000;
constexpr std::size_t batch_size = 500;

Result<std::set<std::string>> newest_of_each(int count, ExecutionStore& store) {
  std::set<std::string> ids;
  if (count == 0) return ids;
  GOFLOW_TRY(const auto latest, store.latest_by_workflow());
  for (const auto& [workflow, execution] : latest) {
    ExecutionFilter filter;
    filter.workflow_id = workflow;
    GOFLOW_TRY(const auto page, store.list(filter, count, std::nullopt));
    for (const Execution& newest : page.executions) {
      ids.insert(newest.id);
    }
  }
  return ids;
}

/// It may have been retried since it was found.
Result<void> check_ended(const Execution& execution) {
  if (is_terminal(execution.status)) return {};
  return Error{
      ErrorCode::failed_precondition,
      "execution '" + execution.id + "' is " + std::string(to_string(execution.status)) + " again"}
      .with_hint("prune again: what is going on stays");
}

}  // namespace

Result<std::vector<Execution>> find_prunable(const ExecutionFilter& filter,
                                             int keep_per_workflow,
                                             ExecutionStore& store) {
  GOFLOW_TRY(const std::set<std::string> kept, newest_of_each(keep_per_workflow, store));
  std::vector<Execution> found;
  std::optional<PagePosition> after;
  do {
    GOFLOW_TRY(ExecutionPage page, store.list(filter, page_size, after));
    for (Execution& execution : page.executions) {
      if (!kept.contains(execution.id)) found.push_back(std::move(execution));
    }
    after = page.next;
  } while (after);
  return found;
}

Result<void> prune(const std::vector<Execution>& executions, ExecutionStore& store) {
  for (std::size_t first = 0; first < executions.size(); first += batch_size) {
    const std::size_t end = std::min(executions.size(), first + batch_size);
    std::vector<std::string> ids;
    for (std::size_t i = first; i < end; ++i) {
      ids.push_back(executions[i].id);
    }
    GOFLOW_TRY(store.remove(ids, check_ended));
  }
  return {};
}

}  // namespace goflow::core
