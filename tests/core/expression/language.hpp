// Says what an expression is or why it fails, in one line.
#pragma once

#include "core/expression/expression.hpp"
#include "tests/core/expression/scripted_environment.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace goflow::core {

/// The value as JSON (floats keep their point), or "code: message".
inline std::string outcome_of(const std::string& text,
                              const Environment& environment = ScriptedEnvironment()) {
  const auto describe = [](const ExpressionError& error) {
    return std::string(to_string(error.code)) + ": " + error.message;
  };
  const auto expression = Expression::compile(text);
  if (!expression) return describe(expression.error());
  const auto value = expression->evaluate(environment);
  return value ? to_json(*value, FloatForm::typed) : describe(value.error());
}

struct Example {
  std::string text;
  std::string outcome;
};

inline void check(const std::vector<Example>& examples,
                  const Environment& environment = ScriptedEnvironment()) {
  for (const Example& example : examples) {
    CHECK_MESSAGE(outcome_of(example.text, environment) == example.outcome, example.text);
  }
}

/// The error of an expression that must fail.
inline ExpressionError error_of(const std::string& text,
                                const Environment& environment = ScriptedEnvironment()) {
  const auto expression = Expression::compile(text);
  if (!expression) return expression.error();
  const auto value = expression->evaluate(environment);
  REQUIRE_MESSAGE(!value.ok(), text);
  return value.error();
}

}  // namespace goflow::core
