// The words of a jq program, as far as it takes to know what it calls and which names it reads.
#pragma once

#include "core/base/result.hpp"
#include "core/expression/fault.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::core::expression::jq {

struct Word {
  enum class Kind {
    call,      // a function, or a keyword
    variable,  // $name, read
    binding,   // $name, where it gets its value
    other,
  };
  Kind kind = Kind::other;
  std::string_view text;  // of a variable without its `$`
  Place place;
};

/// The error: a bracket without its partner, or a text that does not end.
Result<std::vector<Word>, ExpressionError> scan(std::string_view program);

}  // namespace goflow::core::expression::jq
