#include "core/settings/setting.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace goflow;
using core::check_setting;
namespace settings = core::settings;

TEST_CASE("every setting has a name of its own, a meaning and a default that fits") {
  std::set<std::string_view> names;
  for (const core::Setting* setting : core::all_settings()) {
    CAPTURE(setting->name);
    CHECK(names.insert(setting->name).second);
    CHECK_FALSE(setting->meaning.empty());
    const bool has_default = !setting->default_value.empty();
    if (has_default) CHECK(check_setting(*setting, setting->default_value).ok());
    CHECK(*core::find_setting(setting->name) == setting);
  }
}

TEST_CASE("a setting that is not there is not found, with the nearest one") {
  const auto found = core::find_setting("workflow.version");
  REQUIRE_FALSE(found.ok());
  CHECK(found.error().code == core::ErrorCode::not_found);
  CHECK(found.error().hint == "did you mean 'workflow.versions'?");
  CHECK(core::find_setting("colour").error().hint.find("goflow config list") != std::string::npos);
}

TEST_CASE("a number is decimal, whole and within its bounds") {
  CHECK(*check_setting(settings::workflow_versions, "030") == "30");
  for (const char* bad : {"", "0", "10001", "-1", "1.5", "ten", "5 ", "99999999999999999999"}) {
    CAPTURE(bad);
    const auto checked = check_setting(settings::workflow_versions, bad);
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.error().code == core::ErrorCode::invalid_argument);
    CHECK(checked.error().hint == "it wants a number from 1 to 10000");
  }
}

TEST_CASE("a text is one line that is not empty") {
  CHECK(*check_setting(settings::editor, "code --wait") == "code --wait");
  CHECK_FALSE(check_setting(settings::editor, "").ok());
  CHECK_FALSE(check_setting(settings::editor, "a\nb").ok());
}

TEST_CASE("a word is one of those that there are, a list has some of them") {
  CHECK(*check_setting(settings::history_synchronous, "full") == "full");
  const auto unknown = check_setting(settings::history_synchronous, "Full");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().message == "'Full' is no value for 'history.synchronous'");
  CHECK(unknown.error().hint == "it wants normal or full");

  CHECK(*check_setting(settings::history_statuses, " failed ,completed") == "failed, completed");
  CHECK(*check_setting(settings::history_statuses, "all") == "all");
  for (const char* bad :
       {"", ",", "failed,,completed", "failed, running", "failed completed", "all, failed"}) {
    CAPTURE(bad);
    const auto checked = check_setting(settings::history_statuses, bad);
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.error().hint ==
          "it wants all or some of completed, failed, cancelled, timed_out");
  }
}

TEST_CASE("a duration is written as in a workflow") {
  CHECK(*check_setting(settings::history_older_than, "5400s") == "1h30m");
  const auto bad = check_setting(settings::history_older_than, "90 days");
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.error().hint == "it wants a duration: 12h, 90d");
}

TEST_CASE("what waits for a keyring waits at least a moment") {
  CHECK(*check_setting(settings::credentials_timeout, "90") == "1m30s");
  for (const char* bad : {"0", "0s", "-1s", "soon"}) {
    CAPTURE(bad);
    const auto checked = check_setting(settings::credentials_timeout, bad);
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.error().hint == "it wants a duration that is not zero: 5s, 1m30s");
  }
}

TEST_CASE("what is asked for by a name like that of a secret is no setting, and never will be") {
  const auto found = core::find_setting("github.token");
  REQUIRE_FALSE(found.ok());
  CHECK(found.error().code == core::ErrorCode::invalid_argument);
  CHECK(found.error().hint.find("goflow cred set github.token") != std::string::npos);
}
