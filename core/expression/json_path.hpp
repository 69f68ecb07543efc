// One JSONPath of a transform: compiled once, applied to many values.
#pragma once

#include "core/base/result.hpp"
#include "core/expression/expression.hpp"
#include "core/value/value.hpp"

#include <memory>
#include <string>

namespace goflow::core {

/// RFC 9535 with `contains` and `.length()`. Immutable; copies share the compiled form.
class JsonPath {
 public:
  static Result<JsonPath, ExpressionError> compile(std::string text);

  /// Of a path that can only have one result: that value, or null. Else an array of the results.
  [[nodiscard]] Result<Value, ExpressionError> evaluate(const Value& input) const;

  [[nodiscard]] const std::string& text() const;

 private:
  struct Compiled;
  explicit JsonPath(std::shared_ptr<const Compiled> compiled);

  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace goflow::core
