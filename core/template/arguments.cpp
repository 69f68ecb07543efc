#include "core/template/arguments.hpp"

#include "core/base/suggest.hpp"
#include "core/base/utf8.hpp"
#include "core/expression/pattern.hpp"
#include "core/value/json.hpp"
#include "core/workflow/inputs.hpp"
#include "core/workflow/variables.hpp"

#include <utility>

namespace goflow::core {
namespace {

std::string counted(std::int64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string with_article(VariableType type) {
  return (type == VariableType::array ? "an " : "a ") + std::string(to_string(type));
}

std::string shown(const Value& value) {
  return value.is_text() ? "'" + value.as_text() + "'" : to_json(value);
}

std::optional<std::string> misfit(const ParameterBounds& bounds, double number) {
  if (bounds.min && number < *bounds.min) {
    return "must be at least " + to_text(*bounds.min) + ", got " + to_text(number);
  }
  if (bounds.max && number > *bounds.max) {
    return "must be at most " + to_text(*bounds.max) + ", got " + to_text(number);
  }
  return std::nullopt;
}

std::optional<std::string> misfit(const ParameterBounds& bounds,
                                  std::size_t length,
                                  const std::string& noun) {
  const auto has = static_cast<std::int64_t>(length);
  if (bounds.min_length && has < *bounds.min_length) {
    return "must have at least " + counted(*bounds.min_length, noun) + ", got " +
           std::to_string(has);
  }
  if (bounds.max_length && has > *bounds.max_length) {
    return "must have at most " + counted(*bounds.max_length, noun) + ", got " +
           std::to_string(has);
  }
  return std::nullopt;
}

std::optional<std::string> misfit(const ParameterBounds& bounds, const std::string& text) {
  if (auto why = misfit(bounds, utf8::length(text), "character")) return why;
  if (bounds.pattern.empty()) return std::nullopt;
  const auto pattern = expression::Pattern::compile(bounds.pattern);
  if (pattern && pattern->found_in(text)) return std::nullopt;
  return "must match '" + bounds.pattern + "', got '" + text + "'";
}

/// Gathers what is wrong, so that a user can put all of it right at once.
class ArgumentResolver {
 public:
  ArgumentResolver(const Template& from, const std::vector<TemplateArgument>& arguments)
      : from_(from), arguments_(arguments) {}

  Result<Object> resolve() {
    for (const TemplateArgument& argument : arguments_) {
      take(argument);
    }
    for (const TemplateParameter& parameter : from_.parameters) {
      settle(parameter);
    }
    if (problems_.empty()) return std::move(resolved_);
    return Error{ErrorCode::invalid_argument, problems_, hint_};
  }

 private:
  void take(const TemplateArgument& argument) {
    const TemplateParameter* parameter = from_.find(argument.name);
    if (parameter == nullptr) {
      const auto names = from_.parameter_names();
      std::string hint = did_you_mean(argument.name, names);
      if (hint.empty()) hint = names.empty() ? "it has no parameters" : "parameters: " + all(names);
      return add("template '" + from_.name + "' has no parameter '" + argument.name + "'", hint);
    }
    given_.set(argument.name, argument.value.value_or(Value(argument.text)));
    if (argument.value) return;
    auto read = input_from_text(parameter->variable, argument.text);
    if (read) given_.set(argument.name, *std::move(read));
  }

  void settle(const TemplateParameter& parameter) {
    const Variable& variable = parameter.variable;
    const Value* value = given_.find(variable.name);
    if (value != nullptr && !value->is_null()) {
      if (const auto why = misfit(parameter, *value)) {
        return add("parameter '" + variable.name + "' " + *why);
      }
      return resolved_.set(variable.name, *value);
    }
    if (variable.required && !variable.default_value) {
      return add("required parameter missing: " + variable.name,
                 "give it: --set " + variable.name + "=…");
    }
    resolved_.set(variable.name, variable.default_value.value_or(Value()));
  }

  static std::string all(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
      text += (text.empty() ? "" : ", ") + name;
    }
    return text;
  }

  void add(const std::string& problem, const std::string& hint = {}) {
    problems_ += (problems_.empty() ? "" : "; ") + problem;
    if (hint_.empty()) hint_ = hint;
  }

  const Template& from_;
  const std::vector<TemplateArgument>& arguments_;
  Object given_;
  Object resolved_;
  std::string problems_;
  std::string hint_;
};

}  // namespace

std::optional<std::string> misfit(const TemplateParameter& parameter, const Value& value) {
  if (!has_type(value, parameter.variable.type)) {
    return "must be " + with_article(parameter.variable.type) + ", got " + shown(value);
  }
  if (value.is_number()) return misfit(parameter.bounds, value.as_number());
  if (value.is_text()) return misfit(parameter.bounds, value.as_text());
  if (value.is_array()) return misfit(parameter.bounds, value.as_array().size(), "item");
  return std::nullopt;
}

Result<Object> resolve_arguments(const Template& from,
                                 const std::vector<TemplateArgument>& arguments) {
  return ArgumentResolver(from, arguments).resolve();
}

}  // namespace goflow::core
