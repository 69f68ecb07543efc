#include "core/schedule/occurrences.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::year_month_day;

constexpr days forty_years(40 * 366);

void add_moments(const CronLine& line,
                 const WallMoments& moments,
                 std::vector<std::chrono::sys_seconds>& found) {
  const bool by_clock_alone = line.has_every_hour();
  if (moments.kind == WallMoments::Kind::never && by_clock_alone) return;
  found.push_back(moments.first);
  if (moments.kind == WallMoments::Kind::twice && by_clock_alone) found.push_back(moments.second);
}

}  // namespace

Occurrences::Occurrences(const std::vector<CronLine>& lines, TimeZone zone, Timestamp after)
    : lines_(lines), zone_(std::move(zone)), last_(floor<seconds>(after)) {
  // The jump over a time of the day before may end on this one.
  day_ = floor<days>(zone_.wall_time(last_)) - days(1);
  last_day_ = day_ + forty_years;
}

std::optional<Timestamp> Occurrences::next() {
  while (true) {
    while (given_ < ahead_.size()) {
      const std::chrono::sys_seconds moment = ahead_[given_++];
      if (moment <= last_) continue;
      last_ = moment;
      return moment;
    }
    if (day_ > last_day_) return std::nullopt;
    read_day();
  }
}

void Occurrences::read_day() {
  ahead_.clear();
  given_ = 0;
  for (const CronLine& line : lines_) {
    if (line.has_day(year_month_day(day_))) read_line(line);
  }
  std::sort(ahead_.begin(), ahead_.end());
  day_ += days(1);
}

void Occurrences::read_line(const CronLine& line) {
  for (std::size_t hour = 0; hour < line.hours().size(); ++hour) {
    if (!line.hours().test(hour)) continue;
    for (std::size_t minute = 0; minute < line.minutes().size(); ++minute) {
      if (!line.minutes().test(minute)) continue;
      const auto wall_time = day_ + hours(hour) + minutes(minute);
      add_moments(line, zone_.moments_of(wall_time), ahead_);
    }
  }
}

std::optional<Timestamp> latest_occurrence(const std::vector<CronLine>& lines,
                                           const TimeZone& zone,
                                           Timestamp after,
                                           Timestamp until) {
  // From a short while back to a longer one: the newest is near, or there are few.
  for (hours back(25);; back *= 8) {
    const Timestamp begin = std::max(after, until - back);
    Occurrences occurrences(lines, zone, begin);
    std::optional<Timestamp> latest;
    for (auto time = occurrences.next(); time && *time <= until; time = occurrences.next()) {
      latest = time;
    }
    if (latest || begin == after) return latest;
  }
}

}  // namespace goflow::core
