#include "core/base/clock.hpp"
#include "core/base/duration.hpp"
#include "core/value/json.hpp"
#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <optional>
#include <utility>
#include <variant>

namespace goflow::engine {

namespace {

using Until = std::variant<std::chrono::milliseconds, core::Timestamp>;

constexpr double most_seconds = 3650.0 * 24 * 60 * 60;

/// "1h30m", or a number of seconds.
std::optional<std::chrono::milliseconds> to_duration(const core::Value& value) {
  if (value.is_text()) return core::parse_duration(value.as_text());
  if (!value.is_number()) return std::nullopt;
  const double seconds = value.as_number();
  if (!(seconds >= 0 && seconds <= most_seconds)) return std::nullopt;
  return std::chrono::milliseconds(std::llround(seconds * 1000));
}

core::Result<Until, core::Failure> due(const core::WaitNode& wait,
                                       const core::Environment& environment) {
  if (wait.duration) {
    GOFLOW_TRY(const core::Value value, evaluate(*wait.duration, environment));
    if (const auto duration = to_duration(value)) return Until(*duration);
    return data_failure(
        fmt::format("{} is not a duration: write {}", core::to_json(value), core::duration_rule),
        wait.duration->at);
  }
  GOFLOW_TRY(const core::Value value, evaluate(*wait.until, environment));
  const auto time = value.is_text() ? core::parse_rfc3339(value.as_text()) : std::nullopt;
  if (time) return Until(*time);
  return data_failure(fmt::format("{} is not an RFC 3339 time", core::to_json(value)),
                      wait.until->at);
}

}  // namespace

Task<EffectOutcome> run_wait(NodeVisit& visit, const core::WaitNode& wait) {
  if (visit.cancel.cancelled()) co_return cancelled();
  visit.note_started();
  auto until = due(wait, visit.environment());
  if (!until) co_return failed(std::move(until).error());
  Effect sleep =
      SleepEffect{.path = visit.path, .attempt = visit.attempt, .until = *std::move(until)};
  EffectOutcome outcome = co_await EffectAwaiter(visit.run.runtime, visit.cancel, std::move(sleep));
  outcome.value = core::Value();
  co_return outcome;
}

}  // namespace goflow::engine
