#include "core/settings/resolution.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

/// What was written, unchecked; the place of a default is empty.
ResolvedSetting find_written(const Setting& setting,
                             const FindVariable& find_variable,
                             const std::vector<ConfigEntry>& entries) {
  for (const std::string_view name : setting.environment) {
    const auto value = find_variable(std::string(name));
    if (value && (!value->empty() || !setting.may_be_set_empty)) {
      return {*value, SettingOrigin::environment, std::string(name)};
    }
  }
  const auto entry =
      std::find_if(entries.begin(), entries.end(), [&](const ConfigEntry& candidate) {
        return candidate.name == setting.name;
      });
  if (entry != entries.end()) {
    return {entry->value, SettingOrigin::config, "config.yaml:" + std::to_string(entry->line)};
  }
  return {std::string(setting.default_value), SettingOrigin::default_value, ""};
}

}  // namespace

std::string_view to_string(SettingOrigin origin) {
  switch (origin) {
    case SettingOrigin::environment:
      return "environment";
    case SettingOrigin::config:
      return "config";
    case SettingOrigin::default_value:
      return "default";
  }
  return "default";
}

Result<ResolvedSetting> resolve_setting(const Setting& setting,
                                        const FindVariable& find_variable,
                                        const std::vector<ConfigEntry>& entries) {
  ResolvedSetting resolved = find_written(setting, find_variable, entries);
  if (resolved.origin == SettingOrigin::default_value) return resolved;
  auto checked = check_setting(setting, resolved.value);
  if (!checked) return std::move(checked).error().with_context(resolved.place);
  resolved.value = *std::move(checked);
  return resolved;
}

}  // namespace goflow::core
