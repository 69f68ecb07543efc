// One attempt of a node whose work is done outside: by a process, by a server.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "engine/interpreter/environment.hpp"
#include "engine/interpreter/node_visit.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/task.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace goflow::engine {

struct ActivityWork {
  core::Object input;     // all that the runner gets to know
  core::Object recorded;  // the part of it that the history may show
  std::optional<std::chrono::milliseconds> timeout;
};

/// Of the visited node, by the variables as they are when its turn has come.
using PrepareActivity = core::Result<ActivityWork, core::Failure> (*)(NodeVisit& visit);

/// Failures of `prepare` are remembered without the credentials that they may quote.
Task<EffectOutcome> run_activity(NodeVisit& visit, PrepareActivity prepare);

/// They cannot be kept out of what the node writes.
void warn_of_bare_secrets(const ScopeEnvironment& environment, NodeVisit& visit);
/// The same of one that was not asked for by an expression.
void warn_if_bare(const std::string& secret_name, NodeVisit& visit);

/// What an activity uses, and what of it the history may show: the same, but texts that ask for a
/// credential as they are written.
template <class Rendered>
struct UsedAndShown {
  Rendered used;
  Rendered shown;
};

template <class Rendered>
core::Result<UsedAndShown<Rendered>, core::Failure> with_and_without_secrets(
    NodeVisit& visit,
    core::Result<Rendered, core::Failure> (*render)(const NodeVisit&, const core::Environment&)) {
  const ScopeEnvironment environment = visit.environment();
  auto used = render(visit, environment);
  if (!used) {
    if (environment.lacks_secret()) used.error().type = "validation";  // no attempt finds it
    return std::move(used).error();
  }
  warn_of_bare_secrets(environment, visit);
  if (!environment.was_asked_for_secret()) return UsedAndShown<Rendered>{*used, *std::move(used)};
  ScopeEnvironment discreet = visit.environment();
  discreet.keep_secrets_back();
  GOFLOW_TRY(Rendered shown, render(visit, discreet));
  return UsedAndShown<Rendered>{*std::move(used), std::move(shown)};
}

}  // namespace goflow::engine
