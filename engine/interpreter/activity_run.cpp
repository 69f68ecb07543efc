#include "engine/interpreter/activity_run.hpp"

#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/outcome.hpp"
#include "engine/interpreter/semaphore.hpp"

#include <string>
#include <utility>

namespace goflow::engine {

namespace {

/// Then nothing of its work is needed any more. A credential may have gone since.
bool is_remembered_as_completed(const NodeVisit& visit) {
  const auto known = visit.run.runtime.remembered(visit.path, visit.attempt);
  return known && is_completed(*known);
}

core::Object kept_facts(const NodeVisit& visit, core::Object facts) {
  core::Object kept;
  for (const auto& [name, fact] : facts)
    kept.set(name, visit.run.runtime.kept(fact, name, visit.path));
  return kept;
}

}  // namespace

Task<EffectOutcome> run_activity(NodeVisit& visit, PrepareActivity prepare) {
  const Semaphore::Permit permit = co_await visit.run.active_nodes.acquire(visit.cancel);
  if (visit.cancel.cancelled()) co_return cancelled();
  auto work = prepare(visit);
  if (!work && is_remembered_as_completed(visit)) work = ActivityWork{};
  if (!work) {
    visit.note_started();
    co_return failed(visit.run.runtime.masked(std::move(work).error()));
  }
  visit.note_started(std::move(work->recorded));
  Effect activity = ActivityEffect{.path = visit.path,
                                   .node_id = visit.node.id,
                                   .type = std::string(visit.type()),
                                   .attempt = visit.attempt,
                                   .input = std::move(work->input),
                                   .timeout = work->timeout,
                                   .value_name = visit.node.output.value_or(visit.node.id)};
  EffectOutcome outcome =
      co_await EffectAwaiter(visit.run.runtime, visit.cancel, std::move(activity));
  visit.facts = kept_facts(visit, std::move(outcome.facts));
  co_return outcome;
}

void warn_of_bare_secrets(const ScopeEnvironment& environment, NodeVisit& visit) {
  for (const std::string& name : environment.bare_secrets()) {
    warn_if_bare(name, visit);
  }
}

void warn_if_bare(const std::string& secret_name, NodeVisit& visit) {
  if (visit.run.runtime.can_mask(secret_name)) return;
  visit.warnings.push_back("the credential '" + secret_name +
                           "' has less than four bytes, which cannot be kept out of texts");
}

}  // namespace goflow::engine
