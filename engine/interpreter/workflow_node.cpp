#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"

#include <string>
#include <utility>

namespace goflow::engine {

namespace {

core::Result<core::Object, core::Failure> inputs_of(const core::WorkflowNode& work,
                                                    const core::Environment& environment) {
  core::Object inputs;
  for (const core::NamedValue& input : work.inputs) {
    GOFLOW_TRY(core::Value value, evaluate(input.value, environment));
    inputs.set(input.name, std::move(value));
  }
  return inputs;
}

}  // namespace

Task<EffectOutcome> run_workflow(NodeVisit& visit,
                                 const core::WorkflowNode& work,
                                 CancelScope& cancel) {
  if (cancel.cancelled()) co_return cancelled();
  auto inputs = inputs_of(work, visit.environment());
  if (!inputs) {
    visit.note_started();
    co_return failed(std::move(inputs).error());
  }
  core::Object recorded{{"workflow", work.workflow}, {"inputs", *inputs}};
  visit.note_started(std::move(recorded));
  Effect child = ChildEffect{.path = visit.path,
                             .node_id = visit.node.id,
                             .attempt = visit.attempt,
                             .workflow = work.workflow,
                             .inputs = *std::move(inputs)};
  EffectOutcome outcome = co_await EffectAwaiter(visit.run.runtime, cancel, std::move(child));
  co_return outcome;
}

}  // namespace goflow::engine
