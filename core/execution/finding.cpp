#include "core/execution/finding.hpp"

#include "core/base/suggest.hpp"

namespace goflow::core {
namespace {

constexpr std::string_view latest = "@latest";

std::string guess_or_list(const std::string& written, const std::vector<std::string>& names) {
  std::string guess = did_you_mean(written, names);
  return guess.empty() ? "see what there is: goflow exec list" : guess;
}

/// What could have been meant is sought among what ran lately; ids are not mistyped, but pasted.
Result<std::vector<std::string>> recent_names(ExecutionStore& store) {
  constexpr int looked_at = 500;
  std::vector<std::string> names{std::string(latest)};
  GOFLOW_TRY(const auto page, store.list({}, looked_at, std::nullopt));
  for (const Execution& execution : page.executions) {
    if (!execution.slug.empty()) names.push_back(execution.slug);
  }
  return names;
}

Error no_execution(const std::string& written, ExecutionStore& store) {
  const auto names = recent_names(store);
  return Error{ErrorCode::not_found, "no execution '" + written + "'"}.with_hint(
      guess_or_list(written, names ? *names : std::vector<std::string>()));
}

Result<Execution> find_latest(ExecutionStore& store) {
  GOFLOW_TRY(auto newest, store.latest(std::nullopt));
  if (!newest) {
    return Error{ErrorCode::not_found, "no execution yet"}.with_hint(
        "make one: goflow run WORKFLOW");
  }
  return *std::move(newest);
}

Result<Execution> find_latest_of(const std::string& workflow, ExecutionStore& store) {
  GOFLOW_TRY(auto newest, store.latest(workflow));
  if (newest) return *std::move(newest);
  GOFLOW_TRY(const auto workflows, workflows_that_ran(store));
  return Error{ErrorCode::not_found, "no execution of a workflow '" + workflow + "'"}.with_hint(
      guess_or_list(workflow, workflows));
}

}  // namespace

Result<std::vector<std::string>> workflows_that_ran(ExecutionStore& store) {
  GOFLOW_TRY(const auto runs, store.latest_by_workflow());
  std::vector<std::string> ids;
  for (const auto& [id, run] : runs) {
    ids.push_back(id);
  }
  return ids;
}

Result<void> check_names_execution(const std::string& written) {
  if (!written.empty()) return {};
  return Error{ErrorCode::invalid_argument, "the id of an execution must not be empty"};
}

Result<Execution> find_execution(const std::string& written, ExecutionStore& store) {
  GOFLOW_TRY(check_names_execution(written));
  if (written == latest) return find_latest(store);
  if (written.starts_with(latest_of)) {
    return find_latest_of(written.substr(latest_of.size()), store);
  }
  GOFLOW_TRY(auto exact, store.find(written));
  if (exact) return *std::move(exact);
  GOFLOW_TRY(auto named, store.find_by_slug(written));
  if (named) return *std::move(named);
  constexpr int most_candidates = 5;
  GOFLOW_TRY(const auto ids, store.matching_ids(written, most_candidates));
  if (ids.empty()) return no_execution(written, store);
  if (ids.size() > 1) {
    std::string candidates = "write more of it:";
    for (const std::string& id : ids) {
      candidates += " " + id;
    }
    return Error{ErrorCode::invalid_argument, "'" + written + "' could be several executions"}
        .with_hint(candidates);
  }
  GOFLOW_TRY(auto only, store.find(ids.front()));
  if (!only) return no_execution(written, store);
  return *std::move(only);
}

}  // namespace goflow::core
