#include "engine/interpreter/outcome.hpp"

#include <fmt/format.h>

namespace goflow::engine {

EffectOutcome completed(core::Value value) {
  return EffectOutcome{.value = std::move(value)};
}

EffectOutcome failed(core::Failure failure) {
  return EffectOutcome{.status = EffectOutcome::Status::failed, .failure = std::move(failure)};
}

EffectOutcome cancelled() {
  return EffectOutcome{.status = EffectOutcome::Status::cancelled};
}

EffectOutcome to_outcome(core::Result<core::Value, core::Failure> result) {
  if (!result) return failed(std::move(result).error());
  return completed(std::move(result).value());
}

core::Failure data_failure(std::string message, core::Position at) {
  core::Failure failure{.type = "data", .message = std::move(message)};
  if (at.line > 0) {
    failure.context.set("line", at.line);
    failure.context.set("column", at.column);
  }
  return failure;
}

core::Failure to_failure(const core::ExpressionError& error, core::Position at) {
  core::Failure failure = data_failure(error.message, at);
  if (!error.hint.empty()) failure.context.set("hint", error.hint);
  return failure;
}

core::Result<bool, core::Failure> evaluate_condition(
    const core::Placed<core::Expression>& condition, const core::Environment& environment) {
  GOFLOW_TRY(const core::Value value, evaluate(condition, environment));
  if (value.is_boolean()) return value.as_boolean();
  return data_failure(
      fmt::format(
          "'{}' must be true or false, got {}", condition.what.text(), to_string(value.kind())),
      condition.at);
}

core::Result<std::string, core::Failure> render(const core::Placed<core::TextTemplate>& text,
                                                const core::Environment& environment) {
  auto rendered = text.what.render(environment);
  if (!rendered) return to_failure(rendered.error(), text.at);
  return *std::move(rendered);
}

}  // namespace goflow::engine
