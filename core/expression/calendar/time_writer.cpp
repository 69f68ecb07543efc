#include "core/expression/calendar/time_writer.hpp"

#include "core/expression/calendar/names.hpp"

#include <fmt/format.h>

#include <chrono>

namespace goflow::core::expression::calendar {
namespace {

constexpr int all_decimals = 9;

std::chrono::sys_days day_of(const Civil& civil) {
  return std::chrono::sys_days{std::chrono::year{civil.year} /
                               std::chrono::month{static_cast<unsigned>(civil.month)} /
                               std::chrono::day{static_cast<unsigned>(civil.day)}};
}

int day_of_year(const Civil& civil) {
  const Civil first{civil.year, 1, 1};
  return static_cast<int>((day_of(civil) - day_of(first)).count()) + 1;
}

std::chrono::weekday weekday_of(const Civil& civil) {
  return std::chrono::weekday{day_of(civil)};
}

/// The week belongs to the year in which its Thursday lies.
struct IsoWeek {
  int year;
  int week;
};

IsoWeek iso_week_of(const Civil& civil) {
  const auto from_monday = static_cast<int>(weekday_of(civil).iso_encoding()) - 1;
  const auto thursday = day_of(civil) + std::chrono::days{3 - from_monday};
  const auto year = std::chrono::year_month_day{thursday}.year();
  const auto first = std::chrono::sys_days{year / std::chrono::January / 1};
  return {static_cast<int>(year), static_cast<int>((thursday - first).count()) / 7 + 1};
}

int hour_of_12(int hour) {
  return hour % 12 == 0 ? 12 : hour % 12;
}

}  // namespace

void TimeWriter::write(Element element) {
  const std::string_view month = months.at(static_cast<std::size_t>(civil_.month - 1));
  const std::string_view weekday = weekdays.at(weekday_of(civil_).c_encoding());
  const bool is_utc = moment_.offset.count() == 0;
  switch (element) {
    case Element::year:
      return number(civil_.year, 4);
    case Element::year_of_century:
      return number(civil_.year % 100, 2);
    case Element::month:
      return number(civil_.month, 2);
    case Element::month_unpadded:
      return number(civil_.month, 1);
    case Element::month_name:
      return write(month);
    case Element::month_short:
      return write(month.substr(0, short_name));
    case Element::day:
      return number(civil_.day, 2);
    case Element::day_unpadded:
      return number(civil_.day, 1);
    case Element::day_blank_padded:
      return number(civil_.day, 2, ' ');
    case Element::day_of_year:
      return number(day_of_year(civil_), 3);
    case Element::weekday_name:
      return write(weekday);
    case Element::weekday_short:
      return write(weekday.substr(0, short_name));
    case Element::iso_weekday:
      return number(static_cast<int>(weekday_of(civil_).iso_encoding()), 1);
    case Element::iso_week:
      return number(iso_week_of(civil_).week, 2);
    case Element::iso_year:
      return number(iso_week_of(civil_).year, 4);
    case Element::hour:
      return number(civil_.hour, 2);
    case Element::hour_of_12:
      return number(hour_of_12(civil_.hour), 2);
    case Element::hour_of_12_unpadded:
      return number(hour_of_12(civil_.hour), 1);
    case Element::minute:
      return number(civil_.minute, 2);
    case Element::minute_unpadded:
      return number(civil_.minute, 1);
    case Element::second:
      return number(civil_.second, 2);
    case Element::second_unpadded:
      return number(civil_.second, 1);
    case Element::noon:
      return write(civil_.hour < 12 ? "AM" : "PM");
    case Element::noon_lower:
      return write(civil_.hour < 12 ? "am" : "pm");
    case Element::milliseconds:
      return number(moment_.nanoseconds / 1'000'000, 3);
    case Element::fraction_of_3:
      return fraction(3);
    case Element::fraction_of_6:
      return fraction(6);
    case Element::fraction_of_9:
      return fraction(all_decimals);
    case Element::fraction:
      if (moment_.nanoseconds == 0) return;
      fraction(all_decimals);
      out_.erase(out_.find_last_not_of('0') + 1);
      return;
    case Element::unix_seconds:
      out_ += std::to_string(moment_.seconds);
      return;
    case Element::zone_name:
      return is_utc ? write("UTC") : offset("");
    case Element::offset:
      return offset("");
    case Element::offset_colon:
      return offset(":");
    case Element::offset_or_z:
      return is_utc ? write("Z") : offset("");
    case Element::offset_colon_or_z:
      return is_utc ? write("Z") : offset(":");
  }
}

void TimeWriter::number(int number, int width, char padding) {
  out_ +=
      padding == '0' ? fmt::format("{:0{}}", number, width) : fmt::format("{:{}}", number, width);
}

void TimeWriter::fraction(int digits) {
  const std::string all = fmt::format("{:09}", moment_.nanoseconds);
  out_ += "." + all.substr(0, static_cast<std::size_t>(digits));
}

void TimeWriter::offset(std::string_view separator) {
  out_ += to_text(moment_.offset, separator);
}

}  // namespace goflow::core::expression::calendar
