// The clock on the wall of a place: what it shows when, with its jumps in spring and autumn.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace goflow::core {

/// When a wall clock shows a time.
struct WallMoments {
  enum class Kind {
    once,
    never,  // the clock jumps over it
    twice,  // the clock is put back behind it
  };

  Kind kind = Kind::once;
  std::chrono::sys_seconds first;   // of a time that is never shown: right after the jump
  std::chrono::sys_seconds second;  // of one that is shown once or never: the same
};

/// Cheap to copy.
class TimeZone {
 public:
  /// Of the machine, or as the variable TZ says.
  static TimeZone local();
  /// "Europe/Berlin", "UTC". not_found for a name that nobody knows, unavailable on a machine that
  /// lacks the time zone database.
  static Result<TimeZone> find(const std::string& name);
  /// An empty name is the local zone.
  static Result<TimeZone> find_or_local(const std::string& name);

  /// Empty for the local zone.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::chrono::local_seconds wall_time(std::chrono::sys_seconds moment) const;
  [[nodiscard]] WallMoments moments_of(std::chrono::local_seconds wall_time) const;
  /// For the eye: "Tue 2026-11-24 02:00 CET".
  [[nodiscard]] std::string format(Timestamp moment) const;

 private:
  struct Rules;
  TimeZone(std::string name, std::shared_ptr<const Rules> rules)
      : name_(std::move(name)), rules_(std::move(rules)) {}

  std::string name_;
  std::shared_ptr<const Rules> rules_;
};

}  // namespace goflow::core
