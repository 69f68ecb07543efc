// The functions of the language: what they are called, what they take, what they yield.
#pragma once

#include "core/expression/fault.hpp"
#include "core/expression/kind_set.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace goflow::core::expression {

class Call;

enum class Takes {
  nothing,
  anything,
  text,
  number,
  whole_number,
  boolean,
  array,
  object,
  sized,  // a text, array or object
  number_or_text,
  numbers_or_array,  // one array of numbers, or each number as an argument
  closure,
  reducer,   // a closure in which #acc stands
  sort_key,  // a closure; a text literal is surely a mistake
};

enum class Need { required, optional, repeated };

struct Parameter {
  Takes takes = Takes::nothing;
  Need need = Need::required;

  [[nodiscard]] bool is_closure() const {
    return takes == Takes::closure || takes == Takes::reducer || takes == Takes::sort_key;
  }
};

constexpr Parameter required(Takes takes) {
  return {takes, Need::required};
}
constexpr Parameter optional(Takes takes) {
  return {takes, Need::optional};
}
constexpr Parameter repeated(Takes takes) {
  return {takes, Need::repeated};
}

struct Builtin {
  enum class Form {
    plain,        // all arguments are evaluated, then the function is called
    conditional,  // if(c, a, b), which is `c ? a : b`
    fallback,     // default(x, d), which is much like `x ?? d`
  };

  std::string_view signature;  // begins with the name: "trim(text[, characters])"
  std::string_view meaning;    // what it yields, for people
  std::array<Parameter, 3> parameters;
  KindSet result;
  // The arguments fit the parameters when it is called. None of a form that is not plain.
  Outcome (*function)(Call& call);
  Form form = Form::plain;

  [[nodiscard]] std::string_view name() const { return signature.substr(0, signature.find('(')); }
  /// Of the argument with this index, from 0; `nothing` when there are not so many.
  [[nodiscard]] Parameter parameter(std::size_t index) const;
};

/// nullptr: there is no such function.
const Builtin* find_builtin(std::string_view name);
ExpressionError unknown_function(std::string_view name, Place place);
/// `s.contains("x")`: what to write instead.
ExpressionError no_method(std::string_view name, Place place);

/// Whether the function can be called with so many arguments.
Check check_arity(const Builtin& builtin, std::size_t arguments, Place word);

/// Whether an argument that may have these kinds may fit.
bool accepts(Takes takes, KindSet kinds);
/// Whether this value does.
bool accepts(Takes takes, const Value& value);

/// One argument that does not fit: how it is called, its source, and where it stands.
struct Argument {
  std::size_t index;
  std::string description;
  std::string_view source;
  KindSet kinds;
  Place place;
};
ExpressionError mismatch(const Builtin& builtin, const Argument& argument);

// The sections of the language's reference; the whole is what find_builtin searches.
std::span<const Builtin> text_builtins();
std::span<const Builtin> number_builtins();
std::span<const Builtin> list_builtins();
std::span<const Builtin> closure_builtins();
std::span<const Builtin> object_builtins();
std::span<const Builtin> time_builtins();
std::span<const Builtin> choice_builtins();
std::span<const Builtin> surroundings_builtins();

}  // namespace goflow::core::expression
