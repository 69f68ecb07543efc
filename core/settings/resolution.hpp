// Which value a setting has, and what gave it.
#pragma once

#include "core/base/result.hpp"
#include "core/settings/config_text.hpp"
#include "core/settings/setting.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Strongest first.
enum class SettingOrigin { environment, config, default_value };

/// "environment", "config" or "default".
std::string_view to_string(SettingOrigin origin);

struct ResolvedSetting {
  std::string value;  // empty: none was set, and there is no default
  SettingOrigin origin = SettingOrigin::default_value;
  std::string place;  // "GOFLOW_WORKFLOW_VERSIONS", "config.yaml:3", "" for a default
};

using FindVariable = std::function<std::optional<std::string>(const std::string& name)>;

/// `entries` are those of the configuration file. An Error, which names the place, when the
/// strongest value there is does not fit the setting.
Result<ResolvedSetting> resolve_setting(const Setting& setting,
                                        const FindVariable& find_variable,
                                        const std::vector<ConfigEntry>& entries);

}  // namespace goflow::core
