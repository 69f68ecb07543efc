// if, default, and the time.
#include "core/base/clock.hpp"
#include "core/base/duration.hpp"
#include "core/expression/builtins/builtin.hpp"
#include "core/expression/call.hpp"

#include <string>

namespace goflow::core::expression {
namespace {

Outcome now(Call& call) {
  constexpr std::size_t up_to_milliseconds = std::string_view("2026-03-01T09:30:00.000").size();
  return Value(format_rfc3339(call.now()).substr(0, up_to_milliseconds) + "Z");
}

Outcome duration(Call& call) {
  const auto parsed = parse_duration(call.text(0));
  if (!parsed) {
    return call.bad_argument(0, "'" + call.text(0) + "' is not a duration such as 500ms or 1h30m");
  }
  const std::int64_t milliseconds = parsed->count();
  if (milliseconds % 1000 == 0) return Value(milliseconds / 1000);
  return Value(static_cast<double>(milliseconds) / 1000);
}

constexpr Parameter anything = required(Takes::anything);

constexpr std::array<Builtin, 4> table{{
    {"if(condition, then, else)",
     {required(Takes::boolean), anything, anything},
     any_kind,
     nullptr,
     Builtin::Form::conditional},
    {"default(value, otherwise)", {anything, anything}, any_kind, nullptr, Builtin::Form::fallback},
    {"now()", {}, Kind::text, now},
    {"duration(text)", {required(Takes::text)}, numbers, duration},
}};

}  // namespace

std::span<const Builtin> choice_builtins() {
  return table;
}

}  // namespace goflow::core::expression
