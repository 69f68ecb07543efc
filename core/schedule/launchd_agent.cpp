#include "core/schedule/launchd_agent.hpp"

#include <bitset>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::core {
namespace {

constexpr std::size_t most_intervals = 300;

/// One combination: key and number of each field that is not free.
using Interval = std::vector<std::pair<std::string_view, std::size_t>>;

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char character : text) {
    switch (character) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      default:
        safe += character;
    }
  }
  return safe;
}

std::string string_element(std::string_view text) {
  return "<string>" + escaped(text) + "</string>";
}

/// Every interval with each number of the field, which counts from `least`; a full field is free.
template <std::size_t size>
std::vector<Interval> with_field(const std::vector<Interval>& intervals,
                                 std::string_view key,
                                 const std::bitset<size>& numbers,
                                 std::size_t least = 0) {
  if (numbers.count() == size - least) return intervals;
  std::vector<Interval> longer;
  for (const Interval& interval : intervals) {
    for (std::size_t number = least; number < size; ++number) {
      if (!numbers.test(number)) continue;
      longer.push_back(interval);
      longer.back().emplace_back(key, number);
    }
    // Enough to know that there are too many.
    if (longer.size() > most_intervals) return longer;
  }
  return longer;
}

void add_intervals(const CronLine& line, std::vector<Interval>& all) {
  std::vector<Interval> times = with_field({Interval()}, "Minute", line.minutes());
  times = with_field(times, "Hour", line.hours());
  times = with_field(times, "Month", line.months(), 1);
  const auto by_day = with_field(times, "Day", line.days(), 1);
  if (line.either_day_will_do()) {
    const auto by_weekday = with_field(times, "Weekday", line.weekdays());
    all.insert(all.end(), by_day.begin(), by_day.end());
    all.insert(all.end(), by_weekday.begin(), by_weekday.end());
    return;
  }
  const auto by_both = with_field(by_day, "Weekday", line.weekdays());
  all.insert(all.end(), by_both.begin(), by_both.end());
}

std::string timing(const Schedule& schedule) {
  const std::string every_minute = "  <key>StartInterval</key>\n  <integer>60</integer>\n";
  std::vector<Interval> intervals;
  for (const CronLine& line : schedule.lines) {
    add_intervals(line, intervals);
  }
  if (!schedule.time_zone.empty() || intervals.size() > most_intervals) return every_minute;
  std::string text = "  <key>StartCalendarInterval</key>\n  <array>\n";
  for (const Interval& interval : intervals) {
    text += "    <dict>";
    for (const auto& [key, number] : interval) {
      text +=
          "<key>" + std::string(key) + "</key><integer>" + std::to_string(number) + "</integer>";
    }
    text += "</dict>\n";
  }
  return text + "  </array>\n";
}

std::string environment_of(const ScheduledCommand& command) {
  if (command.environment.empty()) return {};
  std::string text = "  <key>EnvironmentVariables</key>\n  <dict>\n";
  for (const std::string& variable : command.environment) {
    const std::size_t equals = variable.find('=');
    text += "    <key>" + escaped(variable.substr(0, equals)) + "</key>" +
            string_element(variable.substr(equals + 1)) + "\n";
  }
  return text + "  </dict>\n";
}

}  // namespace

std::string launchd_label(const std::string& workflow_id) {
  return "dev.goflow." + workflow_id;
}

std::string launchd_agent(const ScheduledCommand& command, const Schedule& schedule) {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
      "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
      "<!-- Written by 'goflow schedule install', which writes it anew. -->\n"
      "<plist version=\"1.0\">\n<dict>\n";
  text += "  <key>Label</key>\n  " + string_element(launchd_label(command.workflow_id)) + "\n";
  text += "  <key>ProgramArguments</key>\n  <array>\n";
  for (const std::string& word : command.words) {
    text += "    " + string_element(word) + "\n";
  }
  text += "  </array>\n" + environment_of(command) + timing(schedule);
  return text + "</dict>\n</plist>\n";
}

}  // namespace goflow::core
