#include "cli/commands/config/setting_record.hpp"

namespace goflow::cli {
namespace {

using core::Value;

constexpr Field fields[] = {
    {"name", "its name"},
    {"value", "what counts now; null: nothing"},
    {"origin", "what gave it: environment, config or default"},
    {"place", "the variable, or the line in the file; null for a default"},
    {"default", "what counts when nothing is said; null: nothing"},
    {"environment", "variables that set it, the first one that is filled counts"},
    {"meaning", "what it is for"},
};

Value if_any(std::string_view text) {
  return text.empty() ? Value() : Value(text);
}

}  // namespace

std::span<const Field> setting_fields() {
  return fields;
}

core::Object setting_record(const core::Setting& setting, const core::ResolvedSetting& resolved) {
  core::Array variables;
  for (const std::string_view name : setting.environment) {
    variables.emplace_back(name);
  }
  return {{"name", setting.name},
          {"value", if_any(resolved.value)},
          {"origin", to_string(resolved.origin)},
          {"place", if_any(resolved.place)},
          {"default", if_any(setting.default_value)},
          {"environment", std::move(variables)},
          {"meaning", setting.meaning}};
}

}  // namespace goflow::cli
