// Takes the parts of a written time off the front of a text.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace goflow::core::expression::calendar {

class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  bool take(std::string_view words);
  bool take_one_of(std::string_view characters);
  /// At least and at most so many digits.
  std::optional<int> take_digits(std::size_t least, std::size_t most);
  /// `.123`: one to nine digits, or exactly `digits`, as nanoseconds.
  /// Nothing is taken where there is none.
  std::optional<std::int32_t> take_fraction(std::size_t digits = 0);
  /// `+02:00`, `+0200`, or a `Z`.
  std::optional<std::chrono::minutes> take_offset();
  /// The index of the name at the front, upper and lower case being the same.
  template <class Names>
  std::optional<int> take_name(const Names& names, std::size_t length = std::string_view::npos) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (take_ignoring_case(names[i].substr(0, length))) return static_cast<int>(i);
    }
    return std::nullopt;
  }
  bool take_ignoring_case(std::string_view words);
  /// All digits at the front, perhaps behind a minus.
  std::optional<std::int64_t> take_integer();

 private:
  std::string_view rest_;
};

}  // namespace goflow::core::expression::calendar
