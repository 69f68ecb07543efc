// Reads a written time element by element.
#pragma once

#include "core/expression/calendar/layout.hpp"
#include "core/expression/calendar/text_cursor.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace goflow::core::expression::calendar {

class TimeReader {
 public:
  explicit TimeReader(std::string_view text) : text_(text) {}

  /// False: something else stands there.
  bool read(std::string_view literal) { return text_.take(literal); }
  bool read(Element element);

  /// When all has been read; nullopt: there is more, or no such day or time.
  [[nodiscard]] std::optional<Moment> moment(const Zone& zone) const;

 private:
  bool number(int& number, std::size_t least, std::size_t most);
  bool day_of_year();
  bool hour_of_12(std::size_t least);
  bool noon();
  bool fraction(std::size_t digits);
  bool milliseconds();
  bool zone_name();
  bool offset();
  [[nodiscard]] std::optional<std::int64_t> wall_seconds() const;

  TextCursor text_;
  Civil civil_;
  std::optional<int> day_of_year_;
  std::optional<bool> after_noon_;
  bool twelve_hours_ = false;
  std::int32_t nanoseconds_ = 0;
  std::optional<std::int64_t> unix_seconds_;
  std::optional<std::chrono::minutes> offset_;
};

}  // namespace goflow::core::expression::calendar
