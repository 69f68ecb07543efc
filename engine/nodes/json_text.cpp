#include "engine/nodes/json_text.hpp"

#include "core/value/json.hpp"

#include <utility>

namespace goflow::engine {

core::Result<core::Value> parse_foreign_json(std::string_view text,
                                             std::vector<std::string>& warnings) {
  auto exact = core::parse_json(text, core::LargeIntegers::are_errors);
  if (exact) return exact;
  auto value = core::parse_json(text, core::LargeIntegers::become_floats);
  if (value) warnings.push_back(exact.error().message + " and became a float");
  return value;
}

}  // namespace goflow::engine
