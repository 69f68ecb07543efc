#include "core/schedule/systemd_timer.hpp"

#include "core/schedule/occurrences.hpp"

#include <fmt/format.h>

#include <array>
#include <bitset>
#include <chrono>
#include <map>

namespace goflow::core {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::array<std::string_view, 7> weekday_names{
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr days looked_ahead(5 * 366);
constexpr std::string_view home_key = "\n[X-Goflow]\nHome=";

/// "00,15,30,45", or "*" when all are in it that count from `least`.
template <std::size_t size>
std::string listed(const std::bitset<size>& set, std::size_t least) {
  if (set.count() == size - least) return "*";
  std::string text;
  for (std::size_t i = least; i < size; ++i) {
    if (set.test(i)) text += fmt::format("{}{:02}", text.empty() ? "" : ",", i);
  }
  return text;
}

std::string weekdays_in_front(const CronLine& line) {
  if (line.weekdays().all()) return "";
  std::string text;
  for (std::size_t i = 0; i < weekday_names.size(); ++i) {
    if (!line.weekdays().test(i)) continue;
    if (!text.empty()) text += ',';
    text += weekday_names[i];
  }
  return text + " ";
}

std::string event(const CronLine& line,
                  const std::string& weekdays,
                  const std::string& month_days,
                  const std::string& zone) {
  return fmt::format("{}*-{}-{} {}:{}:00{}{}",
                     weekdays,
                     listed(line.months(), 1),
                     month_days,
                     listed(line.hours(), 0),
                     listed(line.minutes(), 0),
                     zone.empty() ? "" : " ",
                     zone);
}

/// What systemd would start for it.
bool is_seen_by_systemd(sys_seconds moment, const TimeZone& zone) {
  return zone.moments_of(zone.wall_time(moment)).first == moment;
}

bool line_shows(const CronLine& line, std::chrono::local_seconds wall_time) {
  const auto day = floor<days>(wall_time);
  const std::chrono::hh_mm_ss time(wall_time - day);
  return line.has_day(std::chrono::year_month_day(day)) &&
         line.hours().test(static_cast<std::size_t>(time.hours().count())) &&
         line.minutes().test(static_cast<std::size_t>(time.minutes().count()));
}

/// For a unit file, where some characters are doubled to stand for themselves.
std::string quoted(std::string_view word, std::string_view doubled) {
  std::string text = "\"";
  for (const char character : word) {
    if (character == '"' || character == '\\') text += '\\';
    if (doubled.find(character) != std::string_view::npos) text += character;
    text += character;
  }
  return text + "\"";
}

std::string header(const ScheduledCommand& command) {
  return "# Written by 'goflow schedule install', which writes it anew; do not edit.\n[Unit]\n"
         "Description=goflow: scheduled runs of " +
         command.workflow_id + "\n";
}

std::string trailer(const ScheduledCommand& command) {
  return std::string(home_key) + command.home + "\n";
}

}  // namespace

std::vector<std::string> calendar_events(const CronLine& line, const std::string& zone) {
  const std::string month_days = listed(line.days(), 1);
  if (!line.either_day_will_do()) {
    return {event(line, weekdays_in_front(line), month_days, zone)};
  }
  if (line.weekdays().all() || line.days().count() == 31) return {event(line, "", "*", zone)};
  return {event(line, "", month_days, zone), event(line, weekdays_in_front(line), "*", zone)};
}

std::vector<std::string> calendar_events_at_jumps(const CronLine& line,
                                                  const TimeZone& zone,
                                                  Timestamp now) {
  std::map<std::string, std::string> minutes_of_hours;  // in UTC
  const std::vector<CronLine> lines{line};
  const local_days today = floor<days>(zone.wall_time(floor<seconds>(now)));
  for (local_days day = today; day < today + looked_ahead; day += days(1)) {
    const sys_seconds begin = zone.moments_of(day).first;
    const sys_seconds end = zone.moments_of(day + days(1)).first;
    if (end - begin == days(1)) continue;
    Occurrences occurrences(lines, zone, begin - seconds(1));
    for (auto time = occurrences.next(); time && *time < end; time = occurrences.next()) {
      const auto moment = floor<seconds>(*time);
      if (line_shows(line, zone.wall_time(moment)) && is_seen_by_systemd(moment, zone)) continue;
      const std::string text = format_rfc3339_seconds(*time);  // 2026-03-29T01:00:00Z
      std::string& minutes = minutes_of_hours[text.substr(0, 10) + " " + text.substr(11, 3)];
      minutes += (minutes.empty() ? "" : ",") + text.substr(14, 2);
    }
  }
  std::vector<std::string> events;
  for (const auto& [hour, minutes] : minutes_of_hours) {
    events.push_back(hour + minutes + ":00 UTC");
  }
  return events;
}

std::string systemd_service(const ScheduledCommand& command) {
  std::string text = header(command) + "\n[Service]\nType=oneshot\nExecStart=";
  for (std::size_t i = 0; i < command.words.size(); ++i) {
    text += (i == 0 ? "" : " ") + quoted(command.words[i], "%$");
  }
  text += "\n";
  for (const std::string& variable : command.environment) {
    text += "Environment=" + quoted(variable, "%") + "\n";
  }
  return text + trailer(command);
}

std::string systemd_timer(const ScheduledCommand& command,
                          const Schedule& schedule,
                          const TimeZone& zone,
                          Timestamp now) {
  std::string text = header(command) + "\n[Timer]\n";
  const auto add = [&text](const std::vector<std::string>& events) {
    for (const std::string& one : events) {
      text += "OnCalendar=" + one + "\n";
    }
  };
  for (const CronLine& line : schedule.lines) {
    add(calendar_events(line, zone.name()));
    add(calendar_events_at_jumps(line, zone, now));
  }
  const bool catches_up = schedule.catch_up != CatchUp::none;
  text += std::string("Persistent=") + (catches_up ? "true" : "false") + "\nAccuracySec=1s\n";
  return text + "\n[Install]\nWantedBy=timers.target\n" + trailer(command);
}

std::string home_of_unit(std::string_view text) {
  const std::size_t key = text.find(home_key);
  if (key == std::string_view::npos) return {};
  const std::string_view home = text.substr(key + home_key.size());
  return std::string(home.substr(0, home.find('\n')));
}

}  // namespace goflow::core
