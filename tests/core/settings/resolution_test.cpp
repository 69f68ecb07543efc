#include "core/settings/resolution.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace goflow;
using core::ConfigEntry;
using core::resolve_setting;
using core::SettingOrigin;

namespace {

using Variables = std::map<std::string, std::string>;

core::Result<core::ResolvedSetting> resolve(const core::Setting& setting,
                                            const Variables& variables,
                                            const std::vector<ConfigEntry>& entries) {
  const auto find = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
  return resolve_setting(setting, find, entries);
}

}  // namespace

TEST_CASE("the environment wins over the file, the file over the default") {
  const std::vector<ConfigEntry> file{{"editor", "nano", 4}};
  const auto from_environment =
      resolve(core::settings::editor, {{"VISUAL", "code"}, {"EDITOR", "vim"}}, file);
  CHECK(from_environment->value == "code");
  CHECK(from_environment->origin == SettingOrigin::environment);
  CHECK(from_environment->place == "VISUAL");
  const auto from_file = resolve(core::settings::editor, {{"VISUAL", ""}}, file);
  CHECK(from_file->value == "nano");
  CHECK(from_file->origin == SettingOrigin::config);
  CHECK(from_file->place == "config.yaml:4");
  const auto by_default = resolve(core::settings::editor, {}, {{"other", "x", 1}});
  CHECK(by_default->value == core::settings::editor.default_value);
  CHECK(by_default->origin == SettingOrigin::default_value);
}

TEST_CASE("a value that does not fit is refused with the place it came from") {
  const auto of_file =
      resolve(core::settings::workflow_versions, {}, {{"workflow.versions", "x", 2}});
  REQUIRE_FALSE(of_file.ok());
  CHECK(of_file.error().message == "config.yaml:2: 'x' is no value for 'workflow.versions'");
  const auto of_environment =
      resolve(core::settings::workflow_versions, {{"GOFLOW_WORKFLOW_VERSIONS", "0"}}, {});
  REQUIRE_FALSE(of_environment.ok());
  CHECK(of_environment.error().message.starts_with("GOFLOW_WORKFLOW_VERSIONS: "));
}
