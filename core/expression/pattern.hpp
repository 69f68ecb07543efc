// Regular expressions that take linear time.
#pragma once

#include "core/base/result.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace goflow::core::expression {

/// Immutable; copies share the compiled form.
class Pattern {
 public:
  /// The error says what is wrong with the pattern.
  static Result<Pattern, std::string> compile(std::string_view text);

  /// Anywhere in the text.
  [[nodiscard]] bool found_in(std::string_view text) const;
  /// The whole of the text.
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  explicit Pattern(std::shared_ptr<const re2::RE2> compiled);

  std::shared_ptr<const re2::RE2> compiled_;
};

/// Patterns that come from data: most often it is the same one for every element.
class RecentPattern {
 public:
  /// As Pattern::compile; the last one is kept.
  Result<Pattern, std::string> compile(const std::string& text);

 private:
  std::string text_;
  std::optional<Pattern> pattern_;
};

}  // namespace goflow::core::expression
