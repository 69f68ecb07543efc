// A line of cron: which minutes of which days.
#pragma once

#include "core/base/result.hpp"

#include <bitset>
#include <chrono>
#include <string>
#include <string_view>

namespace goflow::core {

/// The five fields of crontab(5), with lists, ranges, steps and the names of months and weekdays,
/// or @hourly, @daily and their like.
class CronLine {
 public:
  /// The error names the field, what is wrong with it and what may stand there. A line that never
  /// comes, such as one for 30 February, is refused as well.
  static Result<CronLine> parse(std::string_view text);

  /// As it was written.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool has_day(std::chrono::year_month_day day) const;

  [[nodiscard]] const std::bitset<60>& minutes() const { return minutes_; }
  [[nodiscard]] const std::bitset<24>& hours() const { return hours_; }
  [[nodiscard]] const std::bitset<32>& days() const { return days_; }         // from 1 on
  [[nodiscard]] const std::bitset<13>& months() const { return months_; }     // from 1 on
  [[nodiscard]] const std::bitset<7>& weekdays() const { return weekdays_; }  // from Sunday on
  [[nodiscard]] bool has_every_hour() const { return hours_.all(); }
  /// A day of the month or a weekday will do, as both are written. Otherwise a day has to be both.
  [[nodiscard]] bool either_day_will_do() const { return names_days_ && names_weekdays_; }

  friend bool operator==(const CronLine& one, const CronLine& other) {
    return one.text_ == other.text_;
  }

 private:
  friend class CronReader;
  CronLine() = default;

  std::string text_;
  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;
  std::bitset<13> months_;
  std::bitset<7> weekdays_;
  bool names_days_ = false;  // the field does not begin with a star
  bool names_weekdays_ = false;
};

}  // namespace goflow::core
