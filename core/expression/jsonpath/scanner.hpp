// Steps through the characters of a JSONPath.
#pragma once

#include "core/expression/fault.hpp"
#include "core/value/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace goflow::core::expression::jsonpath {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] bool at(std::string_view words) const { return rest().starts_with(words); }
  /// NUL at the end.
  [[nodiscard]] char here() const { return at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] bool at_digit_or_minus() const;
  [[nodiscard]] bool at_quote() const { return here() == '"' || here() == '\''; }

  void skip_blank();
  bool take(std::string_view words);
  /// The word of a function or literal: lower case, digits and '_', a letter first. Perhaps empty.
  std::string_view take_word();
  /// The name after a point; empty when none can stand there.
  std::string_view take_member_name();
  /// An index or a bound: no leading zeros, no -0, exact as a double.
  Result<std::int64_t, ExpressionError> take_integer();
  Outcome take_number();
  /// In single or double quotes, with the escapes of JSON.
  Result<std::string, ExpressionError> take_quoted();

  [[nodiscard]] Place since(std::size_t begin) const { return {begin, at_}; }
  [[nodiscard]] std::string_view spelling(Place place) const {
    return text_.substr(place.begin, place.end - place.begin);
  }
  [[nodiscard]] ExpressionError unexpected(std::string hint = {}) const;

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  Check take_escape(char quote, std::string& out);
  Check take_code_point(std::size_t escape, std::string& out);
  [[nodiscard]] std::optional<char32_t> code_unit(std::size_t at) const;

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace goflow::core::expression::jsonpath
