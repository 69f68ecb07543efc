#include "core/base/clock.hpp"
#include "core/base/duration.hpp"
#include "core/workflow/nodes/node_reading.hpp"

#include <utility>

namespace goflow::core {
namespace {

bool is_plain_text(const YamlNode& value) {
  return value.is_scalar() && value.text.find("${") == std::string::npos;
}

/// What is written out can be checked now, what a placeholder yields only when it runs.
bool is_possible(NodeReading& reading, std::string_view key, const YamlNode& value) {
  if (!value.is_scalar()) {
    reading.fields.report_type(value, key, key == "wait" ? "a duration" : "a time");
    return false;
  }
  if (!is_plain_text(value)) return true;
  if (key == "wait") return reading.fields.duration(key, Fields::Zero::allowed).has_value();
  if (parse_rfc3339(value.text)) return true;
  reading.fields.problems().add(
      Rule::out_of_range,
      value.at,
      "'until' of " + reading.fields.owner() + " must be an RFC 3339 time, got " + describe(value),
      "write it as 2026-01-19T09:00:00Z");
  return false;
}

}  // namespace

const Keys& wait_keys() {
  static const Keys keys{
      {"wait",
       forms::either({forms::duration(), forms::placeholder()}),
       "how long; or a placeholder that yields it"},
      {"until", forms::text(), "an RFC 3339 time, or a placeholder that yields one"},
  };
  return keys;
}

std::optional<NodeWork> read_wait(NodeReading& reading) {
  const auto keys = reading.exclusive({"wait", "until"});
  if (keys.empty()) reading.report_missing("'wait' or 'until'");
  if (keys.size() != 1) return std::nullopt;
  const YamlNode& value = *reading.fields.find(keys[0]);
  if (!is_possible(reading, keys[0], value)) return std::nullopt;
  auto compiled = reading.compiler.value(value, reading.place(keys[0]));
  if (!compiled) return std::nullopt;
  WaitNode wait;
  (keys[0] == "wait" ? wait.duration : wait.until) = std::move(compiled);
  return wait;
}

}  // namespace goflow::core
