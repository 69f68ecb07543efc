// Durations as people write them in workflows and read them on a screen.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core {

/// Seconds ("30", "0.5") or units, largest first, each once: "500ms", "1h30m", "7d".
/// nullopt: not a duration, or beyond 3650 days.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The same for who has written something else: "write " and this.
inline constexpr std::string_view duration_rule =
    "seconds, or numbers with the units d h m s ms, largest first: 30, 1.5s, 1h30m; at most 3650d";

/// As one would write it in a workflow, and exact: "2s", "1m30s", "1s500ms".
std::string spell_duration(std::chrono::milliseconds duration);

/// For the eye, and rounded: "312ms", "2.3s", "1.5m", "2.5h", "3.2d".
std::string format_duration(std::chrono::microseconds duration);

}  // namespace goflow::core
