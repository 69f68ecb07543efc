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

core::Failure to_failure(const core::ExpressionError& error,
                         const std::string& text,
                         const core::Origin& origin) {
  const core::FaultInText fault = core::locate(error, text, origin);
  core::Failure failure = data_failure(error.message, fault.at);
  failure.context.set("code", to_string(error.code));
  if (!origin.called.empty()) failure.context.set("in", origin.called);
  if (!text.empty()) {
    failure.context.set("expression", fault.line);
    failure.context.set("begin", fault.begin);
    failure.context.set("end", fault.end);
  }
  if (!error.hint.empty()) failure.context.set("hint", error.hint);
  return failure;
}

core::Failure to_failure(const core::PayloadUnavailable& lost) {
  core::Failure failure{.type = "claim_check", .message = lost.error().message};
  if (!lost.error().hint.empty()) failure.context.set("hint", lost.error().hint);
  return failure;
}

core::Result<core::Value, core::Failure> evaluate(const core::Placed<core::ValueTemplate>& program,
                                                  const core::Environment& environment) {
  auto value = program.what.evaluate(environment);
  if (value) return *std::move(value);
  core::PlacedError& error = value.error();
  if (error.origin.at.line == 0) error.origin = program.origin();
  return to_failure(error.error, error.text, error.origin);
}

core::Result<bool, core::Failure> evaluate_condition(
    const core::Placed<core::Expression>& condition, const core::Environment& environment) {
  GOFLOW_TRY(const core::Value value, evaluate(condition, environment));
  if (value.is_boolean()) return value.as_boolean();
  const std::string& text = condition.what.text();
  core::ExpressionError error;
  error.code = core::ExpressionErrorCode::type_mismatch;
  error.end = text.size();
  error.message = fmt::format("'{}' must be true or false, got {}", text, to_string(value.kind()));
  return to_failure(error, text, condition.origin());
}

core::Result<std::string, core::Failure> render(const core::Placed<core::TextTemplate>& text,
                                                const core::Environment& environment) {
  auto rendered = text.what.render(environment);
  if (!rendered) return to_failure(rendered.error(), text.what.text(), text.origin());
  return *std::move(rendered);
}

}  // namespace goflow::engine
