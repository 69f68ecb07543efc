#include "core/workflow/inputs.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::core;

namespace {

Variable variable(VariableType type) {
  Variable made;
  made.name = "x";
  made.type = type;
  return made;
}

Result<Value> from_json(VariableType type, Value value) {
  Workflow workflow;
  workflow.variables = {variable(type)};
  auto resolved = resolve_inputs(workflow, Object{{"x", std::move(value)}});
  if (!resolved) return std::move(resolved).error();
  const Value* found = resolved->find("x");
  return found == nullptr ? Value("absent") : *found;
}

std::string refusal(const Result<Value>& result) {
  return result ? "" : result.error().message;
}

}  // namespace

TEST_CASE("text becomes what the variable is declared to be") {
  CHECK(*input_from_text(variable(VariableType::string), "5") == Value("5"));
  CHECK(*input_from_text(variable(VariableType::any), "5") == Value("5"));
  CHECK(*input_from_text(variable(VariableType::number), "5") == Value(5));
  CHECK(*input_from_text(variable(VariableType::number), "-1.5e3") == Value(-1500.0));
  CHECK(*input_from_text(variable(VariableType::boolean), "YES") == Value(true));
  CHECK(*input_from_text(variable(VariableType::boolean), "off") == Value(false));
  CHECK(*input_from_text(variable(VariableType::array), "[1]") == Value(Array{1}));
  CHECK(*input_from_text(variable(VariableType::object), R"({"a":1})") == Value(Object{{"a", 1}}));
}

TEST_CASE("text that is nothing of the declared type is refused in words") {
  CHECK(refusal(input_from_text(variable(VariableType::number), "abc")) ==
        "input 'x' must be a number, got text 'abc'");
  for (const char* text : {"", " 5", "5 ", "0x10", "+5", "5.", "1e999", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(input_from_text(variable(VariableType::number), text).ok());
  }
  CHECK(refusal(input_from_text(variable(VariableType::boolean), "maybe")) ==
        "input 'x' must be a boolean, got text 'maybe'");
  CHECK(refusal(input_from_text(variable(VariableType::array), "{}")) ==
        "input 'x' must be an array, got text '{}'");
}

TEST_CASE("an integer beyond 64 bits is no input, at any depth") {
  CHECK(refusal(input_from_text(variable(VariableType::array), "[99999999999999999999]")) ==
        "input 'x' must be an array, got text '[99999999999999999999]'");
  CHECK_FALSE(input_from_text(variable(VariableType::object), R"({"a":9223372036854775808})").ok());
}

TEST_CASE("values are converted as the table of the format says, and no further") {
  CHECK(*from_json(VariableType::string, 1.5) == Value("1.5"));
  CHECK(*from_json(VariableType::string, true) == Value("true"));
  CHECK(*from_json(VariableType::number, "7") == Value(7));
  CHECK(*from_json(VariableType::boolean, "no") == Value(false));
  CHECK(*from_json(VariableType::any, Array{1}) == Value(Array{1}));
  CHECK_FALSE(from_json(VariableType::string, Array{}).ok());
  CHECK_FALSE(from_json(VariableType::number, true).ok());
  CHECK_FALSE(from_json(VariableType::boolean, 1).ok());
  CHECK_FALSE(from_json(VariableType::array, Object{}).ok());
}

TEST_CASE("null is not given, except for a variable of any type") {
  CHECK(*from_json(VariableType::string, nullptr) == Value("absent"));
  CHECK(*from_json(VariableType::any, nullptr) == Value());
}

TEST_CASE("inputs replace defaults, and what has neither stays out") {
  Workflow workflow;
  Variable size = variable(VariableType::number);
  size.name = "size";
  size.default_value = Value(3);
  workflow.variables = {size, variable(VariableType::any)};
  CHECK(Value(*resolve_inputs(workflow, {})) == Value(Object{{"size", 3}}));
  CHECK(Value(*resolve_inputs(workflow, Object{{"size", 4}})) == Value(Object{{"size", 4}}));
}

TEST_CASE("what is given before a run need not be all, but what is there is checked") {
  Workflow workflow;
  workflow.id = "nightly";
  Variable size = variable(VariableType::number);
  size.name = "size";
  size.required = true;
  Variable day = variable(VariableType::string);
  day.name = "day";
  day.default_value = Value("today");
  workflow.variables = {size, day, variable(VariableType::any)};
  CHECK(Value(*check_inputs(workflow, {})) == Value(Object{}));
  CHECK(Value(*check_inputs(workflow, Object{{"size", "4"}})) == Value(Object{{"size", 4}}));
  CHECK(Value(*check_inputs(workflow, Object{{"size", nullptr}, {"x", nullptr}})) ==
        Value(Object{{"x", nullptr}}));
  const auto refused = check_inputs(workflow, Object{{"size", "four"}, {"dya", 1}});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(refused.error().message ==
        "input 'size' must be a number, got text 'four'; unknown input 'dya'");
  CHECK(refused.error().hint == "did you mean 'day'?");
}

TEST_CASE("all that is wrong with the inputs is said at once") {
  Workflow workflow;
  Variable size = variable(VariableType::number);
  size.name = "size";
  Variable needed = variable(VariableType::any);
  needed.name = "needed";
  needed.required = true;
  workflow.variables = {size, needed};
  const auto resolved = resolve_inputs(workflow, Object{{"size", "abc"}, {"neded", 1}});
  REQUIRE_FALSE(resolved.ok());
  CHECK(resolved.error().code == ErrorCode::invalid_argument);
  CHECK(resolved.error().message ==
        "input 'size' must be a number, got text 'abc'; required variable missing: needed; "
        "unknown input 'neded'");
  CHECK(resolved.error().hint == "did you mean 'needed'?");
}
