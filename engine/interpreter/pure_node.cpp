#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::engine {

namespace {

using PureResult = core::Result<core::Value, core::Failure>;

/// One overload for each type of node that only computes.
class PureWork {
 public:
  explicit PureWork(NodeVisit& visit) : visit_(visit), environment_(visit.environment()) {}

  PureResult operator()(const core::EndNode& end) {
    if (!end.return_value) return core::Value();
    return evaluate(*end.return_value, environment_);
  }

  PureResult operator()(const core::ConditionNode& condition) {
    GOFLOW_TRY(const bool truth, evaluate_condition(condition.condition, environment_));
    return core::Value(truth);
  }

  PureResult operator()(const core::TransformNode& transform) {
    if (transform.input) {
      GOFLOW_TRY(input_, evaluate(*transform.input, environment_));
      environment_.set_input(input_);
    }
    return std::visit([this](const auto& program) { return transformed(program); },
                      transform.program);
  }

  // Start and passthrough do nothing; the others have effects and are not run here.
  template <class Other>
  PureResult operator()(const Other&) {
    return core::Value();
  }

 private:
  PureResult transformed(const core::Placed<core::Expression>& expression) {
    return evaluate(expression, environment_);
  }

  PureResult transformed(const core::Placed<core::TextTemplate>& text) {
    if (text.what.sole_placeholder() != nullptr) {
      auto value = text.what.evaluate(environment_);
      if (value) return *std::move(value);
    }
    auto rendered = text.what.render_leniently(environment_, visit_.warnings);
    if (!rendered) return to_failure(rendered.error(), text.what.text(), text.origin());
    return core::Value(*std::move(rendered));
  }

  PureResult transformed(const core::Placed<core::JsonPath>& path) {
    auto found = path.what.evaluate(input_);
    if (!found) return to_failure(found.error(), path.what.text(), path.origin());
    return *std::move(found);
  }

  // Has an effect as well: jq_node.cpp.
  PureResult transformed(const core::Placed<core::JqProgram>&) { return core::Value(); }

  NodeVisit& visit_;
  ScopeEnvironment environment_;
  core::Value input_;
};

}  // namespace

EffectOutcome run_pure(NodeVisit& visit) {
  visit.note_started();
  if (auto known = visit.run.runtime.remembered(visit.path, visit.attempt))
    return *std::move(known);
  return to_outcome(std::visit(PureWork(visit), visit.node.work));
}

}  // namespace goflow::engine
