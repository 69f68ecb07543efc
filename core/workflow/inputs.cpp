#include "core/workflow/inputs.hpp"

#include "core/base/suggest.hpp"
#include "core/value/json.hpp"
#include "core/workflow/variables.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace goflow::core {
namespace {

std::string article_and(VariableType type) {
  const bool vowel = type == VariableType::object || type == VariableType::array;
  return (vowel ? "an " : "a ") + std::string(to_string(type));
}

std::string shortened(std::string text) {
  constexpr std::size_t shown = 40;
  if (text.size() <= shown) return text;
  std::size_t end = shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  return text.substr(0, end) + "…";
}

std::string describe(const Value& value) {
  if (value.is_text()) return "text '" + shortened(value.as_text()) + "'";
  return std::string(to_string(value.kind())) + " " + shortened(to_json(value));
}

/// Text that is entirely a JSON number which fits.
std::optional<Value> number_in(const std::string& text) {
  const auto is_digit = [](char character) { return character >= '0' && character <= '9'; };
  const bool is_bare =
      !text.empty() && (is_digit(text.front()) || text.front() == '-') && is_digit(text.back());
  auto value = is_bare ? parse_json(text) : Result<Value>(Value());
  if (!value || !value->is_number()) return std::nullopt;
  const bool is_whole = text.find_first_of(".eE") == std::string::npos;
  if (is_whole && !value->is_integer()) return std::nullopt;
  return *std::move(value);
}

std::optional<Value> boolean_in(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
  });
  constexpr std::array<std::string_view, 4> truths{"true", "yes", "on", "1"};
  constexpr std::array<std::string_view, 4> lies{"false", "no", "off", "0"};
  if (std::find(truths.begin(), truths.end(), text) != truths.end()) return Value(true);
  if (std::find(lies.begin(), lies.end(), text) != lies.end()) return Value(false);
  return std::nullopt;
}

std::optional<Value> json_in(const std::string& text, VariableType type) {
  auto value = parse_json(text, LargeIntegers::are_errors);
  if (!value || !has_type(*value, type)) return std::nullopt;
  return *std::move(value);
}

std::optional<Value> converted(const Value& value, VariableType type) {
  if (has_type(value, type)) return value;
  if (type == VariableType::string) {
    const bool has_text_form = value.is_number() || value.is_boolean();
    return has_text_form ? std::optional<Value>(to_text(value)) : std::nullopt;
  }
  if (!value.is_text()) return std::nullopt;
  if (type == VariableType::number) return number_in(value.as_text());
  if (type == VariableType::boolean) return boolean_in(value.as_text());
  return json_in(value.as_text(), type);
}

std::string mismatch(const Variable& variable, const Value& value) {
  return "input '" + variable.name + "' must be " + article_and(variable.type) + ", got " +
         describe(value);
}

/// Null stands for no value, unless the variable may have any.
bool is_value(const Value* given, const Variable& variable) {
  return given != nullptr && (!given->is_null() || variable.type == VariableType::any);
}

/// Gathers what is wrong, so that a user can put all of it right at once.
class InputResolver {
 public:
  InputResolver(const Workflow& workflow, const Object& given)
      : workflow_(workflow), given_(given) {}

  Result<Object> resolve() {
    for (const Variable& variable : workflow_.variables) {
      resolve(variable);
    }
    return outcome();
  }

  Result<Object> resolve_given() {
    for (const Variable& variable : workflow_.variables) {
      if (is_value(given_.find(variable.name), variable)) resolve(variable);
    }
    return outcome();
  }

 private:
  Result<Object> outcome() {
    report_unknown();
    if (problems_.empty()) return std::move(resolved_);
    return Error{ErrorCode::invalid_argument, problems_, hint_};
  }

  void resolve(const Variable& variable) {
    auto value = resolve_input(variable, given_.find(variable.name));
    if (!value) return add(value.error());
    if (*value) resolved_.set(variable.name, **std::move(value));
  }

  void report_unknown() {
    std::vector<std::string> names;
    for (const Variable& variable : workflow_.variables) {
      names.push_back(variable.name);
    }
    bool is_any_unknown = false;
    for (const auto& [name, value] : given_) {
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      add("unknown input '" + name + "'");
      if (hint_.empty()) hint_ = did_you_mean(name, names);
      is_any_unknown = true;
    }
    if (is_any_unknown && hint_.empty()) hint_ = listed(names);
  }

  [[nodiscard]] std::string listed(const std::vector<std::string>& names) const {
    if (names.empty()) return "'" + workflow_.id + "' takes no inputs";
    std::string list = "inputs of '" + workflow_.id + "':";
    for (const std::string& name : names) {
      list += " " + name;
    }
    return list;
  }

  void add(const std::string& problem) {
    if (!problems_.empty()) problems_ += "; ";
    problems_ += problem;
  }

  const Workflow& workflow_;
  const Object& given_;
  Object resolved_;
  std::string problems_;
  std::string hint_;
};

}  // namespace

Result<Value> input_from_text(const Variable& variable, const std::string& text) {
  auto value = converted(Value(text), variable.type);
  if (!value) return Error{ErrorCode::invalid_argument, mismatch(variable, Value(text))};
  return *std::move(value);
}

Result<std::optional<Value>, std::string> resolve_input(const Variable& variable,
                                                        const Value* given) {
  if (!is_value(given, variable)) {
    if (variable.required) return "required variable missing: " + variable.name;
    return variable.default_value;
  }
  auto fitting = converted(*given, variable.type);
  if (!fitting) return mismatch(variable, *given);
  return std::optional<Value>(*std::move(fitting));
}

Result<Object> check_inputs(const Workflow& workflow, const Object& given) {
  return InputResolver(workflow, given).resolve_given();
}

Result<Object> resolve_inputs(const Workflow& workflow, const Object& given) {
  return InputResolver(workflow, given).resolve();
}

}  // namespace goflow::core
