// Cron lines: whatever the bytes, a line or a sentence; and the times of a line go forward.
#include "core/schedule/occurrences.hpp"
#include "core/schedule/systemd_timer.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace goflow::core;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line = CronLine::parse(text);
  if (!line) {
    if (line.error().message.empty() || line.error().hint.empty()) std::abort();
    return 0;
  }
  static const TimeZone zone = *TimeZone::find("Europe/Berlin");
  const Timestamp begin = *parse_rfc3339("2026-03-28T12:00:00Z");
  const std::vector<CronLine> lines{*line};
  Occurrences occurrences(lines, zone, begin);
  Timestamp last = begin;
  for (int i = 0; i < 5; ++i) {
    const auto time = occurrences.next();
    // A line that is accepted comes.
    if (!time || *time <= last) std::abort();
    last = *time;
  }
  if (calendar_events(*line, zone.name()).empty()) std::abort();
  return 0;
}
