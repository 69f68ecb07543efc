#include "core/instance/binding.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

namespace {

std::string refusal(const std::vector<std::string>& written) {
  const auto env = checked_env(written);
  return env ? "" : env.error().message;
}

}  // namespace

TEST_CASE("environment variables are taken as they are written, the last of a name") {
  const auto env = checked_env({"STAGE=blue", "_x1=a=b", "EMPTY=", "STAGE=green"});
  REQUIRE(env.ok());
  CHECK(*env == TextMap{{"STAGE", "green"}, {"_x1", "a=b"}, {"EMPTY", ""}});
}

TEST_CASE("what a process could not get, or goflow sets itself, is no variable to bind") {
  for (const char* name : {"", "1ST", "A-B", "A B", "\xC3\xA4"}) {
    CAPTURE(name);
    CHECK(refusal({std::string(name) + "=x"}) ==
          "'" + std::string(name) + "' cannot be an environment variable");
  }
  CHECK(refusal({"GOFLOW_OUTPUT=x"}) ==
        "the environment variable 'GOFLOW_OUTPUT' is set by goflow itself");
  CHECK(refusal({"STAGE"}) == "environment variable 'STAGE' has no value");
}

TEST_CASE("what is bound later wins, name by name") {
  const Object below{{"region", "eu"}, {"day", 1}};
  const Object above{{"day", nullptr}, {"size", 2}};
  CHECK(layered(below, above) == Object{{"region", "eu"}, {"day", nullptr}, {"size", 2}});
  CHECK(layered(TextMap{{"a", "1"}, {"b", "1"}}, TextMap{{"b", "2"}}) ==
        TextMap{{"a", "1"}, {"b", "2"}});
}

TEST_CASE("what is no longer bound is gone, and what never was is no mistake") {
  CHECK(without(Object{{"region", "eu"}, {"day", 1}}, {"day", "size"}) == Object{{"region", "eu"}});
}

TEST_CASE("credentials are laid over one another by name, their namespace as a whole") {
  const CredentialBindings below{"tenant-a", {{"github", "x"}, {"shop", "y"}}};
  CHECK(layered(below, CredentialBindings{"", {{"shop", "z"}}}) ==
        CredentialBindings{"tenant-a", {{"github", "x"}, {"shop", "z"}}});
  CHECK(layered(below, CredentialBindings{"tenant-b", {}}).credential_namespace == "tenant-b");
}
