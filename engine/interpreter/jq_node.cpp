#include "core/expression/jq_program.hpp"
#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"
#include "engine/interpreter/semaphore.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace goflow::engine {

namespace {

using ObjectResult = core::Result<core::Object, core::Failure>;

constexpr std::chrono::seconds usual_timeout{10};

double seconds_of(core::Timestamp time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

/// What the program reads of the workflow. A name that it binds itself somewhere may be meant so
/// wherever it stands, and need not be known here.
ObjectResult variables_of(const core::Placed<core::JqProgram>& program,
                          const core::Environment& environment) {
  core::Object variables;
  for (const std::string& name : program.what.variables()) {
    const core::Binding binding = environment.lookup(name);
    if (binding.presence == core::Presence::present) variables.set(name, binding.value);
  }
  for (const core::NameUse& use : program.what.names()) {
    if (variables.contains(use.name)) continue;
    core::ExpressionError error;
    error.code = core::ExpressionErrorCode::no_value;
    error.message = "'" + use.name + "' has no value yet";
    error.begin = use.begin;
    error.end = use.end;
    return to_failure(error, program.what.text(), program.origin());
  }
  return variables;
}

core::Result<void, core::Failure> check_exact(const core::Value& input,
                                              const core::Object& variables,
                                              const core::Placed<core::JqProgram>& program) {
  auto exact = core::check_exact_in_jq(input, "the input");
  for (auto at = variables.begin(); exact && at != variables.end(); ++at) {
    exact = core::check_exact_in_jq(at->second, "'" + at->first + "'");
  }
  if (exact) return {};
  return to_failure(exact.error(), program.what.text(), program.origin());
}

ObjectResult prepare(NodeVisit& visit,
                     const core::TransformNode& transform,
                     const core::Placed<core::JqProgram>& program) {
  const ScopeEnvironment environment = visit.environment();
  core::Value input;
  if (transform.input) {
    GOFLOW_TRY(input, evaluate(*transform.input, environment));
  }
  GOFLOW_TRY(core::Object variables, variables_of(program, environment));
  GOFLOW_TRY(check_exact(input, variables, program));
  core::Object call;
  call.set("jq", program.what.text());
  call.set("input", std::move(input));
  call.set("variables", std::move(variables));
  call.set("now", seconds_of(environment.now()));
  call.set("limit_ms", visit.node.timeout.value_or(usual_timeout).count());
  return call;
}

/// jq itself does not know in which file it stands.
EffectOutcome placed(EffectOutcome outcome, const core::Placed<core::JqProgram>& program) {
  if (!outcome.failure || outcome.failure->type != "data") return outcome;
  core::Object& context = outcome.failure->context;
  context.set("in", program.called);
  if (program.at.line > 0) {
    context.set("line", program.at.line);
    context.set("column", program.at.column);
  }
  return outcome;
}

}  // namespace

Task<EffectOutcome> run_jq(NodeVisit& visit,
                           const core::TransformNode& transform,
                           const core::Placed<core::JqProgram>& program) {
  const Semaphore::Permit permit = co_await visit.run.active_nodes.acquire(visit.cancel);
  if (visit.cancel.cancelled()) co_return cancelled();
  visit.note_started();
  auto call = prepare(visit, transform, program);
  if (!call) co_return failed(std::move(call).error());
  Effect activity = ActivityEffect{.path = visit.path,
                                   .node_id = visit.node.id,
                                   .type = "jq",
                                   .attempt = visit.attempt,
                                   .input = *std::move(call)};
  EffectOutcome outcome =
      co_await EffectAwaiter(visit.run.runtime, visit.cancel, std::move(activity));
  co_return placed(std::move(outcome), program);
}

}  // namespace goflow::engine
