// Points in time and sizes as a person reads them, and as a program does.
#pragma once

#include "core/base/clock.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace goflow::cli {

/// "just now", "2 hours ago", "last week", "in 9 days".
std::string relative_time(core::Timestamp time, core::Timestamp now);

/// "20 Nov 02:00:04 UTC", with the year when it is not this one.
std::string day_and_time(core::Timestamp time, core::Timestamp now);

/// For pipes: seconds with three decimals, "1.389".
std::string plain_seconds(std::chrono::microseconds duration);

/// "0 B", "12 kB", "48.1 MB"; a kB is 1000 bytes.
std::string format_size(std::int64_t bytes);

}  // namespace goflow::cli
