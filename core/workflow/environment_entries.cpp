#include "core/workflow/environment_entries.hpp"

#include <utility>

namespace goflow::core {
namespace {

/// What a process can get at all: a name without '=' and NUL.
bool is_possible_name(std::string_view name) {
  return !name.empty() && name.find('=') == std::string_view::npos;
}

}  // namespace

Form environment_form() {
  return forms::map_of(forms::text());
}

std::vector<EnvironmentEntry> read_environment_entries(const YamlNode& env,
                                                       Fields& fields,
                                                       Compiler& compiler,
                                                       const FormulaPlace& place) {
  std::vector<EnvironmentEntry> entries;
  if (!env.is_map()) fields.report_type(env, "env", "a map of texts");
  for (const YamlMember& member : env.members) {
    if (!is_possible_name(member.key)) {
      fields.problems().add(
          Rule::wrong_type,
          member.key_at,
          "'" + member.key + "' cannot be an environment variable in " + fields.owner());
    }
    if (!member.value->is_scalar()) {
      fields.report_type(*member.value, "env", "a map of texts");
    } else if (member.value->is_null()) {
      entries.push_back({member.key, std::nullopt});
    } else if (auto text = compiler.text(*member.value, place)) {
      entries.push_back({member.key, *std::move(text)});
    }
  }
  return entries;
}

}  // namespace goflow::core
