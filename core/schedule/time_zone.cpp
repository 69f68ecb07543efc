#include "core/schedule/time_zone.hpp"

#include "core/base/suggest.hpp"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::core {
namespace {

namespace fs = std::filesystem;
using std::chrono::local_seconds;
using std::chrono::sys_seconds;

const fs::path database = "/usr/share/zoneinfo";

/// What is no name could be the path of any file.
bool is_name(const std::string& name) {
  const auto may_stand_in_name = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '+' || c == '/';
  };
  return !name.empty() && std::isalpha(static_cast<unsigned char>(name.front())) != 0 &&
         std::all_of(name.begin(), name.end(), may_stand_in_name);
}

/// The names that lie there beside those of the places: other ways to count, and tables.
bool is_zone(const std::string& name) {
  return name.find('.') == std::string::npos && !name.starts_with("posix") &&
         !name.starts_with("right/") && name != "localtime" && name != "leapseconds";
}

std::vector<std::string> known_names() {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(database, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_directory(error)) continue;
    std::string name = entry->path().lexically_relative(database).string();
    if (is_zone(name)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The whole name in other letters, or its last word alone: "berlin".
std::vector<std::string> alike(std::string_view name, const std::vector<std::string>& names) {
  const auto same_letter = [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  };
  std::vector<std::string> found;
  for (const std::string& known : names) {
    const std::string_view last = std::string_view(known).substr(known.rfind('/') + 1);
    for (const std::string_view candidate : {std::string_view(known), last}) {
      if (!std::equal(candidate.begin(), candidate.end(), name.begin(), name.end(), same_letter)) {
        continue;
      }
      found.push_back(known);
      break;
    }
  }
  return found;
}

Error unknown_zone(const std::string& name) {
  const std::vector<std::string> names = known_names();
  if (names.empty()) {
    return Error{ErrorCode::unavailable,
                 "time zone '" + name +
                     "' cannot be looked up: this machine lacks the time zone "
                     "database"}
        .with_hint("install it, on Debian: apt-get install tzdata");
  }
  Error error{ErrorCode::not_found, "no time zone '" + name + "'"};
  if (const auto same = alike(name, names); !same.empty()) {
    return std::move(error).with_hint("did you mean '" + same.front() + "'?");
  }
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = "name a place, as in Europe/Berlin, or UTC";
  return std::move(error).with_hint(std::move(hint));
}

absl::CivilSecond civil(local_seconds time) {
  return absl::CivilSecond() + time.time_since_epoch().count();
}

absl::Time absolute(sys_seconds moment) {
  return absl::FromUnixSeconds(moment.time_since_epoch().count());
}

sys_seconds seconds_of(absl::Time time) {
  return sys_seconds(std::chrono::seconds(absl::ToUnixSeconds(time)));
}

}  // namespace

struct TimeZone::Rules {
  absl::TimeZone zone;
};

TimeZone TimeZone::local() {
  return TimeZone("", std::make_shared<const Rules>(Rules{absl::LocalTimeZone()}));
}

Result<TimeZone> TimeZone::find(const std::string& name) {
  Rules rules;
  if (!is_name(name) || !is_zone(name) || !absl::LoadTimeZone(name, &rules.zone)) {
    return unknown_zone(name);
  }
  return TimeZone(name, std::make_shared<const Rules>(std::move(rules)));
}

Result<TimeZone> TimeZone::find_or_local(const std::string& name) {
  return name.empty() ? local() : find(name);
}

local_seconds TimeZone::wall_time(sys_seconds moment) const {
  const absl::CivilSecond shown = rules_->zone.At(absolute(moment)).cs;
  return local_seconds(std::chrono::seconds(shown - absl::CivilSecond()));
}

WallMoments TimeZone::moments_of(local_seconds wall_time) const {
  const absl::TimeZone::TimeInfo info = rules_->zone.At(civil(wall_time));
  switch (info.kind) {
    case absl::TimeZone::TimeInfo::UNIQUE:
      break;
    case absl::TimeZone::TimeInfo::SKIPPED:
      return {WallMoments::Kind::never, seconds_of(info.trans), seconds_of(info.trans)};
    case absl::TimeZone::TimeInfo::REPEATED:
      return {WallMoments::Kind::twice, seconds_of(info.pre), seconds_of(info.post)};
  }
  return {WallMoments::Kind::once, seconds_of(info.pre), seconds_of(info.pre)};
}

std::string TimeZone::format(Timestamp moment) const {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(moment);
  return absl::FormatTime("%a %Y-%m-%d %H:%M %Z", absolute(seconds), rules_->zone);
}

}  // namespace goflow::core
