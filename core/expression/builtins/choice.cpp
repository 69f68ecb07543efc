// if and default.
#include "core/expression/builtins/builtin.hpp"

namespace goflow::core::expression {
namespace {

constexpr Parameter anything = required(Takes::anything);

constexpr std::array<Builtin, 2> table{{
    {"if(condition, then, else)",
     "one or the other; only the chosen one is evaluated",
     {required(Takes::boolean), anything, anything},
     any_kind,
     nullptr,
     Builtin::Form::conditional},
    {"default(value, otherwise)",
     "the second where the first is null or absent",
     {anything, anything},
     any_kind,
     nullptr,
     Builtin::Form::fallback},
}};

}  // namespace

std::span<const Builtin> choice_builtins() {
  return table;
}

}  // namespace goflow::core::expression
