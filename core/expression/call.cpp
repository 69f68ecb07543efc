#include "core/expression/call.hpp"

#include "core/expression/builtins/builtin.hpp"
#include "core/expression/evaluator.hpp"
#include "core/expression/numbers.hpp"

#include <utility>

namespace goflow::core::expression {
namespace {

// Of every function that takes one.
constexpr std::size_t closure_index = 1;

}  // namespace

Call::Call(Evaluator& evaluator, const FunctionCall& call, std::vector<Value> arguments)
    : evaluator_(evaluator), call_(call), arguments_(std::move(arguments)) {}

const std::string& Call::text(std::size_t index) const {
  return arguments_[index].as_text();
}

const Array& Call::array(std::size_t index) const {
  return arguments_[index].as_array();
}

const Object& Call::object(std::size_t index) const {
  return arguments_[index].as_object();
}

std::int64_t Call::whole(std::size_t index) const {
  return *whole_number(arguments_[index]);
}

Outcome Call::apply(const Value& element, std::size_t index, const Value& accumulator) {
  return evaluator_.evaluate_closure(*call_.arguments[closure_index],
                                     ClosureFrame{&element, index, &accumulator});
}

Result<bool, ExpressionError> Call::holds(const Value& element, std::size_t index) {
  Outcome truth = apply(element, index);
  if (!truth) return std::move(truth).error();
  if (truth->is_boolean()) return truth->as_boolean();
  return fault(Code::type_mismatch,
               place(closure_index),
               "the condition of '" + std::string(call_.function->name()) +
                   "' must be a boolean, got " + describe(*truth));
}

Check Call::touch(std::size_t elements) {
  return evaluator_.budget().spend(elements, place());
}

Check Call::walk(const Value& value) {
  return evaluator_.budget().walk(value, place());
}

Check Call::produce(std::size_t bytes) {
  return evaluator_.budget().produce(bytes, place());
}

const Environment& Call::environment() const {
  return evaluator_.environment();
}

Place Call::place(std::size_t argument) const {
  return call_.arguments[argument]->place;
}

ExpressionError Call::bad_argument(std::size_t argument, std::string message) const {
  return fault(Code::bad_argument, place(argument), std::move(message));
}

}  // namespace goflow::core::expression
