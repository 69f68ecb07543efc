// How work ended: short ways to say it, and to say it of an expression.
#pragma once

#include "core/base/result.hpp"
#include "core/expression/expression.hpp"
#include "core/value/payload.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/interpreter/runtime.hpp"

#include <string>
#include <utility>

namespace goflow::engine {

EffectOutcome completed(core::Value value);
EffectOutcome failed(core::Failure failure);
EffectOutcome cancelled();
EffectOutcome to_outcome(core::Result<core::Value, core::Failure> result);

inline bool is_completed(const EffectOutcome& outcome) {
  return outcome.status == EffectOutcome::Status::completed;
}
inline bool is_failed(const EffectOutcome& outcome) {
  return outcome.status == EffectOutcome::Status::failed;
}
inline bool is_cancelled(const EffectOutcome& outcome) {
  return outcome.status == EffectOutcome::Status::cancelled;
}

/// Of the kind `data`: a value is missing, has the wrong type or cannot be read.
core::Failure data_failure(std::string message, core::Position at = {});
/// With all that points to the fault in its context; `text` is what was evaluated.
core::Failure to_failure(const core::ExpressionError& error,
                         const std::string& text,
                         const core::Origin& origin);

/// A value is not to be had any more.
core::Failure to_failure(const core::PayloadUnavailable& lost);

/// For expressions and text templates.
template <class Compiled>
core::Result<core::Value, core::Failure> evaluate(const core::Placed<Compiled>& program,
                                                  const core::Environment& environment) {
  auto value = program.what.evaluate(environment);
  if (!value) return to_failure(value.error(), program.what.text(), program.origin());
  return *std::move(value);
}
core::Result<core::Value, core::Failure> evaluate(const core::Placed<core::ValueTemplate>& program,
                                                  const core::Environment& environment);

/// Anything but a boolean is a failure.
core::Result<bool, core::Failure> evaluate_condition(
    const core::Placed<core::Expression>& condition, const core::Environment& environment);
core::Result<std::string, core::Failure> render(const core::Placed<core::TextTemplate>& text,
                                                const core::Environment& environment);

}  // namespace goflow::engine
