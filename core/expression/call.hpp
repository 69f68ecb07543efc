// One call of a builtin function, as the function sees it.
#pragma once

#include "core/expression/fault.hpp"
#include "core/expression/tree.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace goflow::core::expression {

class Evaluator;

/// The arguments were compared with the parameters before; a closure's place holds null.
class Call {
 public:
  Call(Evaluator& evaluator, const FunctionCall& call, std::vector<Value> arguments);

  [[nodiscard]] std::size_t size() const { return arguments_.size(); }
  [[nodiscard]] bool has(std::size_t index) const { return index < arguments_.size(); }
  [[nodiscard]] const std::vector<Value>& arguments() const { return arguments_; }
  [[nodiscard]] const Value& value(std::size_t index) const { return arguments_[index]; }
  [[nodiscard]] const std::string& text(std::size_t index) const;
  [[nodiscard]] const Array& array(std::size_t index) const;
  [[nodiscard]] const Object& object(std::size_t index) const;
  [[nodiscard]] std::int64_t whole(std::size_t index) const;

  /// The closure's value for one element.
  Outcome apply(const Value& element, std::size_t index, const Value& accumulator = Value());
  /// The same, where only a boolean will do.
  Result<bool, ExpressionError> holds(const Value& element, std::size_t index);

  /// To be called before the elements are touched.
  Check touch(std::size_t elements);
  /// To be called before the whole of a value is walked.
  Check walk(const Value& value);
  /// To be called before so much text is made.
  Check produce(std::size_t bytes);

  [[nodiscard]] const Environment& environment() const;

  /// The place of the function's name, and of an argument.
  [[nodiscard]] Place place() const { return call_.word; }
  [[nodiscard]] Place place(std::size_t argument) const;
  [[nodiscard]] ExpressionError bad_argument(std::size_t argument, std::string message) const;

 private:
  Evaluator& evaluator_;
  const FunctionCall& call_;
  std::vector<Value> arguments_;
};

}  // namespace goflow::core::expression
