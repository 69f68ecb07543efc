// The time of day as goflow records it: UTC, in microseconds.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core {

using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// Where the time comes from, so that a test can say what time it is.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override;
};

/// "2026-01-19T09:12:44.001234Z": six decimals, so that the texts sort like the times.
std::string format_rfc3339(Timestamp time);
/// For people and pipes: "2026-01-19T09:12:44Z".
std::string format_rfc3339_seconds(Timestamp time);
void append_rfc3339_seconds(std::string& text, Timestamp time);
/// Any RFC 3339 text, with offset and zero to nine decimals; nullopt when it is none.
std::optional<Timestamp> parse_rfc3339(std::string_view text);

}  // namespace goflow::core
