#include "core/expression/builtins/builtin.hpp"

#include "core/base/suggest.hpp"
#include "core/expression/numbers.hpp"
#include "core/expression/syntax.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace goflow::core::expression {
namespace {

std::array<std::span<const Builtin>, 8> sections() {
  return {text_builtins(),
          number_builtins(),
          list_builtins(),
          closure_builtins(),
          object_builtins(),
          time_builtins(),
          choice_builtins(),
          surroundings_builtins()};
}

std::vector<std::string> builtin_names() {
  std::vector<std::string> names;
  for (const auto& section : sections()) {
    for (const Builtin& builtin : section) {
      names.emplace_back(builtin.name());
    }
  }
  return names;
}

struct Arity {
  std::size_t least = 0;
  std::size_t most = 0;  // 0 when `unlimited`
  bool unlimited = false;
};

Arity arity_of(const Builtin& builtin) {
  Arity arity;
  for (const Parameter& parameter : builtin.parameters) {
    if (parameter.takes == Takes::nothing) break;
    arity.least += parameter.need == Need::required ? 1 : 0;
    arity.most += 1;
    arity.unlimited = parameter.need == Need::repeated;
  }
  return arity;
}

std::string count_words(const Arity& arity) {
  const std::string least = std::to_string(arity.least);
  const std::size_t last = arity.unlimited ? arity.least : arity.most;
  const std::string noun = last == 1 ? " argument" : " arguments";
  if (arity.unlimited) return "at least " + least + noun;
  if (arity.most == 0) return "no arguments";
  if (arity.least == arity.most) return least + noun;
  return least + " to " + std::to_string(arity.most) + noun;
}

KindSet kinds_of(Takes takes) {
  switch (takes) {
    case Takes::nothing:
      return {};
    case Takes::text:
      return Kind::text;
    case Takes::number:
    case Takes::whole_number:
      return numbers;
    case Takes::boolean:
      return Kind::boolean;
    case Takes::array:
      return Kind::array;
    case Takes::object:
      return Kind::object;
    case Takes::sized:
      return KindSet(Kind::text) | Kind::array | Kind::object;
    case Takes::number_or_text:
      return numbers | Kind::text;
    case Takes::numbers_or_array:
      return numbers | Kind::array;
    case Takes::anything:
    case Takes::closure:
    case Takes::reducer:
    case Takes::sort_key:
      return any_kind;
  }
  return any_kind;
}

std::string words_for(Takes takes) {
  switch (takes) {
    case Takes::text:
      return "a text";
    case Takes::number:
      return "a number";
    case Takes::whole_number:
      return "a whole number";
    case Takes::boolean:
      return "a boolean";
    case Takes::array:
      return "an array";
    case Takes::object:
      return "an object";
    case Takes::sized:
      return "a text, array or object";
    case Takes::number_or_text:
      return "a number or text";
    case Takes::numbers_or_array:
      return "numbers or one array of them";
    default:
      return "a value";
  }
}

}  // namespace

Parameter Builtin::parameter(std::size_t index) const {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (i == index || parameters.at(i).need == Need::repeated) return parameters.at(i);
  }
  return {};
}

const Builtin* find_builtin(std::string_view name) {
  for (const auto& section : sections()) {
    const auto found = std::find_if(section.begin(), section.end(), [&](const Builtin& builtin) {
      return builtin.name() == name;
    });
    if (found != section.end()) return &*found;
  }
  return nullptr;
}

ExpressionError unknown_function(std::string_view name, Place place) {
  return fault(Code::unknown_function,
               place,
               "unknown function '" + std::string(name) + "'",
               did_you_mean(name, builtin_names()));
}

ExpressionError no_method(std::string_view name, Place place) {
  const std::string word(name);
  std::string hint;
  if (is_reserved(name)) {
    hint = "write: s " + word + " \"x\"";
  } else if (find_builtin(name) != nullptr) {
    hint = "write: " + word + "(x) or x | " + word + "()";
  }
  return fault(Code::syntax, place, "there are no methods: '." + word + "(…)'", std::move(hint));
}

Check check_arity(const Builtin& builtin, std::size_t arguments, Place word) {
  const Arity arity = arity_of(builtin);
  if (arguments >= arity.least && (arity.unlimited || arguments <= arity.most)) return {};
  return fault(Code::arity,
               word,
               "'" + std::string(builtin.name()) + "' takes " + count_words(arity) + ", got " +
                   std::to_string(arguments) + ": " + std::string(builtin.signature));
}

bool accepts(Takes takes, KindSet kinds) {
  return kinds.meets(kinds_of(takes));
}

bool accepts(Takes takes, const Value& value) {
  if (takes == Takes::whole_number) return whole_number(value).has_value();
  return accepts(takes, KindSet(value.kind()));
}

ExpressionError mismatch(const Builtin& builtin, const Argument& argument) {
  const Takes takes = builtin.parameter(argument.index).takes;
  const Arity arity = arity_of(builtin);
  std::string message = "'" + std::string(builtin.name()) + "' needs " + words_for(takes);
  if (arity.most > 1) message += " as argument " + std::to_string(argument.index + 1);
  const bool printable = !argument.kinds.meets(any_kind.without(numbers | Kind::boolean));
  std::string hint;
  if (takes == Takes::text && printable) {
    hint = "string(" + std::string(argument.source) + ") makes it text";
  }
  return fault(Code::type_mismatch,
               argument.place,
               std::move(message) + ", got " + argument.description,
               std::move(hint));
}

}  // namespace goflow::core::expression
