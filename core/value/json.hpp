// Values as JSON text, both ways.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <string>
#include <string_view>

namespace goflow::core {

/// Integers beyond 64 bits.
enum class LargeIntegers {
  become_floats,  // in what a program wrote
  are_errors,     // in what a person wrote, who would be surprised
};

/// Of a repeated key the last one counts. The Error says line and column where it is no JSON.
Result<Value> parse_json(std::string_view text,
                         LargeIntegers large_integers = LargeIntegers::become_floats);

enum class FloatForm {
  shortest,  // 5.0 is written 5
  typed,     // 5.0 is written 5.0, so that it is a float again when it is read (stored history)
};

/// Compact JSON: no white space, keys in the order of the value, non-ASCII as it is.
std::string to_json(const Value& value, FloatForm form = FloatForm::shortest);
/// The same, over several lines, for the eye.
std::string to_indented_json(const Value& value, int indent = 2);

/// The text form: what an embedded placeholder or an environment variable shows.
std::string to_text(const Value& value);

}  // namespace goflow::core
