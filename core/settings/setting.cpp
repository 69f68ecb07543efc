#include "core/settings/setting.hpp"

#include "core/base/suggest.hpp"

#include <array>
#include <charconv>

namespace goflow::core {
namespace {

constexpr std::array<std::string_view, 2> editor_variables{"VISUAL", "EDITOR"};
constexpr std::array<std::string_view, 1> versions_variables{"GOFLOW_WORKFLOW_VERSIONS"};

Error unfit(const Setting& setting, std::string_view value) {
  return Error{ErrorCode::invalid_argument,
               "'" + std::string(value) + "' is no value for '" + std::string(setting.name) + "'"}
      .with_hint("it wants " + describe(setting.type));
}

Result<std::string> check_text(const Setting& setting, std::string_view value) {
  const bool is_one_line = value.find_first_of("\r\n") == std::string_view::npos;
  if (value.empty() || !is_one_line) return unfit(setting, value);
  return std::string(value);
}

Result<std::string> check_number(const Setting& setting,
                                 const WholeNumber& bounds,
                                 std::string_view value) {
  int number = 0;
  const char* end = value.data() + value.size();
  const auto [rest, fault] = std::from_chars(value.data(), end, number);
  const bool fits =
      fault == std::errc() && rest == end && number >= bounds.least && number <= bounds.most;
  if (!fits) return unfit(setting, value);
  return std::to_string(number);
}

}  // namespace

namespace settings {

const Setting editor{.name = "editor",
                     .type = AnyText{},
                     .default_value = "vi",
                     .environment = editor_variables,
                     .meaning = "the command that edits a workflow"};

const Setting workflow_versions{.name = "workflow.versions",
                                .type = WholeNumber{1, 10'000},
                                .default_value = "50",
                                .environment = versions_variables,
                                .meaning = "past versions that a workflow keeps"};

}  // namespace settings

std::vector<const Setting*> all_settings() {
  return {&settings::editor, &settings::workflow_versions};
}

Result<const Setting*> find_setting(std::string_view name) {
  std::vector<std::string> names;
  for (const Setting* setting : all_settings()) {
    if (setting->name == name) return setting;
    names.emplace_back(setting->name);
  }
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = "see which there are: goflow config list";
  return Error{ErrorCode::not_found, "no setting '" + std::string(name) + "'"}.with_hint(hint);
}

std::string describe(const SettingType& type) {
  const auto* bounds = std::get_if<WholeNumber>(&type);
  if (bounds == nullptr) return "one line of text";
  return "a number from " + std::to_string(bounds->least) + " to " + std::to_string(bounds->most);
}

Result<std::string> check_setting(const Setting& setting, std::string_view value) {
  const auto* bounds = std::get_if<WholeNumber>(&setting.type);
  return bounds == nullptr ? check_text(setting, value) : check_number(setting, *bounds, value);
}

}  // namespace goflow::core
