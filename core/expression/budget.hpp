// What one evaluation may cost: steps, and the size of a value.
#pragma once

#include "core/expression/fault.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace goflow::core::expression {

inline constexpr std::size_t largest_value = std::size_t{64} << 20U;

/// The length of the value as compact JSON, within a few bytes. nullopt: longer than `limit`, or
/// nested too deeply to be walked safely. Never takes longer than that limit allows.
std::optional<std::size_t> json_size(const Value& value, std::size_t limit = largest_value);

class Budget {
 public:
  /// One step is a node evaluated or an element touched.
  Check spend(std::size_t steps, Place place) {
    if (steps > steps_) return too_many_steps(place);
    steps_ -= steps;
    return {};
  }
  /// For memory about to be filled: a step per KiB, and no value may be larger than the limit.
  Check produce(std::size_t bytes, Place place);
  /// Before the whole of a value is walked.
  Check walk(const Value& value, Place place);

 private:
  static ExpressionError too_many_steps(Place place);

  std::size_t steps_ = 1'000'000;
};

/// Whether the value is neither too large nor nested too deeply to be passed on.
bool within_limits(const Value& value);
ExpressionError too_large(Place place);

}  // namespace goflow::core::expression
