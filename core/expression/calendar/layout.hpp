// How a time is written: in the words of strftime, or as Go writes its reference time.
#pragma once

#include "core/base/result.hpp"
#include "core/expression/calendar/moment.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace goflow::core::expression::calendar {

enum class Element {
  year,
  year_of_century,
  month,           // 2 digits
  month_unpadded,  // 1 or 2
  month_name,
  month_short,
  day,
  day_unpadded,
  day_blank_padded,
  day_of_year,
  weekday_name,
  weekday_short,
  iso_weekday,
  iso_week,
  iso_year,
  hour,
  hour_of_12,
  hour_of_12_unpadded,
  minute,
  minute_unpadded,
  second,
  second_unpadded,
  noon,        // AM, PM
  noon_lower,  // am, pm
  milliseconds,
  fraction_of_3,  // with their point
  fraction_of_6,
  fraction_of_9,
  fraction,  // as long as it is; nothing if it is zero
  unix_seconds,
  zone_name,
  offset,        // +0200
  offset_colon,  // +02:00
  offset_or_z,   // the same, Z for UTC
  offset_colon_or_z,
};

/// A `%` makes it strftime's, otherwise it is Go's.
class Layout {
 public:
  /// The error says what is wrong with the layout.
  static Result<Layout, std::string> parse(std::string_view text);

  [[nodiscard]] std::string format(const Moment& moment) const;
  /// What the text names no zone for is in `zone`. nullopt: it is not written so.
  [[nodiscard]] std::optional<Moment> read(std::string_view text, const Zone& zone) const;
  /// An element that can only be written, if there is one: "%V".
  [[nodiscard]] std::optional<std::string> unreadable_element() const;

 private:
  using Part = std::variant<std::string, Element>;
  explicit Layout(std::vector<Part> parts) : parts_(std::move(parts)) {}
  static Result<Layout, std::string> parse_strftime(std::string_view text);
  static Layout parse_go(std::string_view text);

  std::vector<Part> parts_;
};

}  // namespace goflow::core::expression::calendar
