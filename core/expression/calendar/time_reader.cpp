#include "core/expression/calendar/time_reader.hpp"

#include "core/expression/calendar/names.hpp"

namespace goflow::core::expression::calendar {

bool TimeReader::read(Element element) {
  switch (element) {
    case Element::year:
      return number(civil_.year, 4, 4);
    case Element::year_of_century:
      if (!number(civil_.year, 2, 2)) return false;
      // As POSIX and Go have it: 69 to 99 are of the last century.
      civil_.year += civil_.year >= 69 ? 1900 : 2000;
      return true;
    case Element::month:
      return number(civil_.month, 2, 2);
    case Element::month_unpadded:
      return number(civil_.month, 1, 2);
    case Element::month_name:
    case Element::month_short: {
      const std::size_t length = element == Element::month_short ? short_name : std::string::npos;
      const auto index = text_.take_name(months, length);
      if (index) civil_.month = *index + 1;
      return index.has_value();
    }
    case Element::day:
      return number(civil_.day, 2, 2);
    case Element::day_blank_padded:
      text_.take(" ");
      return number(civil_.day, 1, 2);
    case Element::day_unpadded:
      return number(civil_.day, 1, 2);
    case Element::day_of_year:
      return day_of_year();
    // What weekday it is follows from the day.
    case Element::weekday_name:
      return text_.take_name(weekdays).has_value();
    case Element::weekday_short:
      return text_.take_name(weekdays, short_name).has_value();
    case Element::iso_weekday:
    case Element::iso_week:
    case Element::iso_year:
      return false;
    case Element::hour:
      return number(civil_.hour, 2, 2);
    case Element::hour_of_12:
      return hour_of_12(2);
    case Element::hour_of_12_unpadded:
      return hour_of_12(1);
    case Element::minute:
      return number(civil_.minute, 2, 2);
    case Element::minute_unpadded:
      return number(civil_.minute, 1, 2);
    case Element::second:
      return number(civil_.second, 2, 2);
    case Element::second_unpadded:
      return number(civil_.second, 1, 2);
    case Element::noon:
    case Element::noon_lower:
      return noon();
    case Element::milliseconds:
      return milliseconds();
    case Element::fraction_of_3:
      return fraction(3);
    case Element::fraction_of_6:
      return fraction(6);
    case Element::fraction_of_9:
      return fraction(9);
    case Element::fraction:
      nanoseconds_ = text_.take_fraction().value_or(0);
      return true;
    case Element::unix_seconds:
      unix_seconds_ = text_.take_integer();
      return unix_seconds_.has_value();
    case Element::zone_name:
      return zone_name();
    case Element::offset:
    case Element::offset_colon:
    case Element::offset_or_z:
    case Element::offset_colon_or_z:
      return offset();
  }
  return false;
}

std::optional<Moment> TimeReader::moment(const Zone& zone) const {
  if (!text_.at_end()) return std::nullopt;
  constexpr std::int64_t farthest = 1'000'000'000'000;
  if (unix_seconds_) {
    if (*unix_seconds_ > farthest || *unix_seconds_ < -farthest) return std::nullopt;
    return moment_at(
        *unix_seconds_, nanoseconds_, offset_.value_or(zone.offset_at(*unix_seconds_)));
  }
  const auto wall = wall_seconds();
  if (!wall) return std::nullopt;
  const std::int64_t seconds =
      offset_ ? *wall - std::chrono::seconds{*offset_}.count() : zone.utc_seconds_of(*wall);
  return moment_at(seconds, nanoseconds_, offset_.value_or(zone.offset_at(seconds)));
}

bool TimeReader::number(int& number, std::size_t least, std::size_t most) {
  const auto read = text_.take_digits(least, most);
  if (read) number = *read;
  return read.has_value();
}

bool TimeReader::day_of_year() {
  day_of_year_ = text_.take_digits(3, 3);
  return day_of_year_.has_value();
}

bool TimeReader::hour_of_12(std::size_t least) {
  twelve_hours_ = true;
  return number(civil_.hour, least, 2) && civil_.hour >= 1 && civil_.hour <= 12;
}

bool TimeReader::noon() {
  const bool before = text_.take_ignoring_case("AM");
  after_noon_ = !before;
  return before || text_.take_ignoring_case("PM");
}

bool TimeReader::fraction(std::size_t digits) {
  const auto read = text_.take_fraction(digits);
  nanoseconds_ = read.value_or(0);
  return read.has_value();
}

bool TimeReader::milliseconds() {
  const auto read = text_.take_digits(3, 3);
  nanoseconds_ = read.value_or(0) * 1'000'000;
  return read.has_value();
}

bool TimeReader::zone_name() {
  offset_ = std::chrono::minutes{0};
  return text_.take("UTC") || text_.take("GMT") || offset();
}

bool TimeReader::offset() {
  offset_ = text_.take_offset();
  return offset_.has_value();
}

std::optional<std::int64_t> TimeReader::wall_seconds() const {
  Civil civil = civil_;
  if (twelve_hours_) civil.hour = civil.hour % 12 + (after_noon_.value_or(false) ? 12 : 0);
  if (!day_of_year_) return seconds_of(civil);
  civil.month = 1;
  civil.day = 1;
  const auto first = seconds_of(civil);
  const bool leap = std::chrono::year{civil.year}.is_leap();
  if (!first || *day_of_year_ < 1 || *day_of_year_ > (leap ? 366 : 365)) return std::nullopt;
  constexpr std::int64_t seconds_a_day = 86'400;
  return *first + (*day_of_year_ - 1) * seconds_a_day;
}

}  // namespace goflow::core::expression::calendar
