#include "cli/arguments/execution_argument.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;

Error no_execution(const std::string& written) {
  return Error{ErrorCode::not_found, "no execution '" + written + "'"}.with_hint(
      "see what there is: goflow exec list");
}

Result<Execution> find_latest(core::ExecutionStore& store) {
  GOFLOW_TRY(auto latest, store.latest(std::nullopt));
  if (!latest) {
    return Error{ErrorCode::not_found, "no execution yet"}.with_hint(
        "make one: goflow run WORKFLOW");
  }
  return *std::move(latest);
}

}  // namespace

Result<Execution> find_execution(const std::string& written, core::ExecutionStore& store) {
  if (written.empty()) {
    return Error{ErrorCode::invalid_argument, "the id of an execution must not be empty"};
  }
  if (written == "@latest") return find_latest(store);
  GOFLOW_TRY(auto exact, store.find(written));
  if (exact) return *std::move(exact);
  GOFLOW_TRY(auto named, store.find_by_slug(written));
  if (named) return *std::move(named);
  constexpr int most_candidates = 5;
  GOFLOW_TRY(const auto ids, store.matching_ids(written, most_candidates));
  if (ids.empty()) return no_execution(written);
  if (ids.size() > 1) {
    std::string candidates = "write more of it:";
    for (const std::string& id : ids) {
      candidates += " " + id;
    }
    return Error{ErrorCode::invalid_argument, "'" + written + "' could be several executions"}
        .with_hint(candidates);
  }
  GOFLOW_TRY(auto only, store.find(ids.front()));
  if (!only) return no_execution(written);
  return *std::move(only);
}

}  // namespace goflow::cli
