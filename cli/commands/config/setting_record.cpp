#include "cli/commands/config/setting_record.hpp"

namespace goflow::cli {
namespace {

using core::Value;

constexpr Field fields[] = {
    {"name", "its name"},
    {"value", "what counts now"},
    {"origin", "what gave it: environment, config or default"},
    {"place", "the variable, or the line in the file; null for a default"},
    {"default", "what counts when nothing is said"},
    {"environment", "variables that set it, the first one that is filled counts"},
    {"meaning", "what it is for"},
};

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
          {"value", resolved.value},
          {"origin", to_string(resolved.origin)},
          {"place", resolved.place.empty() ? Value() : Value(resolved.place)},
          {"default", setting.default_value},
          {"environment", std::move(variables)},
          {"meaning", setting.meaning}};
}

}  // namespace goflow::cli
