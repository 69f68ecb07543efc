// One jq program of a transform, read as far as goflow itself reads it.
#pragma once

#include "core/base/result.hpp"
#include "core/expression/expression.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Its brackets match, and it uses nothing that reaches outside. Whether it is jq, jq knows.
class JqProgram {
 public:
  static Result<JqProgram, ExpressionError> compile(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// The `$names` that it does not bind itself.
  [[nodiscard]] const std::vector<NameUse>& names() const { return names_; }
  /// It has none of the functions that look something up.
  [[nodiscard]] static std::vector<Lookup> lookups() { return {}; }
  /// Every `$name` once, those included that it also binds itself somewhere.
  [[nodiscard]] const std::vector<std::string>& variables() const { return variables_; }

 private:
  JqProgram() = default;

  std::string text_;
  std::vector<NameUse> names_;
  std::vector<std::string> variables_;
};

/// One program of many, because a compilation takes jq as long for one as for a hundred. Its input
/// is `{program, input, variables, now}`: the index of the program to run, its `.`, the object of
/// its `$names`, and what `now` yields, in seconds.
std::string combined_jq(std::span<const JqProgram> programs);

/// Where the program begins in the combined text of it alone: on a line of its own.
int first_line_in_combined_jq();

/// jq computes with doubles: a whole number beyond 2^53 in `value`, which is called `what`, would
/// silently become another.
Result<void, ExpressionError> check_exact_in_jq(const Value& value, const std::string& what);

}  // namespace goflow::core
