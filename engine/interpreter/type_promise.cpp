#include "engine/interpreter/type_promise.hpp"

#include "core/workflow/variables.hpp"

#include <fmt/format.h>

namespace goflow::engine {

std::optional<std::string> broken_promise(const Names& names, Slot slot, const core::Value& value) {
  const core::VariableType type = names.type_of(slot);
  // What is kept elsewhere is not fetched for that: it was looked at when it was made.
  if (value.payload() || value.is_null() || core::has_type(value, type)) return std::nullopt;
  return fmt::format("variable '{}' is declared as {}, but was given {}",
                     names.name_of(slot),
                     core::to_string(type),
                     core::to_string(value.kind()));
}

}  // namespace goflow::engine
