// goflow doctor: config.yaml and the variables that stand in for it.
#include "cli/commands/doctor/check.hpp"

namespace goflow::cli {
namespace {

std::string count_text(std::size_t count) {
  if (count == 0) return "defaults";
  return std::to_string(count) + (count == 1 ? " setting" : " settings") + " in config.yaml";
}

}  // namespace

Finding check_settings(Context& context) {
  const auto config = context.config();
  if (!config) return fault_of(config.error());
  const auto entries = config->read();
  if (!entries) return fault_of(entries.error());
  for (const core::Setting* setting : core::all_settings()) {
    const auto resolved = context.setting(*setting);
    if (!resolved) return fault_of(resolved.error());
  }
  for (const core::ConfigEntry& entry : *entries) {
    const auto known = core::find_setting(entry.name);
    if (known) continue;
    return {Health::warning,
            "config.yaml:" + std::to_string(entry.line) + ": " + known.error().message,
            known.error().hint};
  }
  return {Health::ok, count_text(entries->size())};
}

}  // namespace goflow::cli
