#include "core/secret/run_secrets.hpp"

#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::core;

namespace {

std::string masked(RunSecrets& secrets, const std::string& text) {
  return secrets.redactor().redact(text);
}

std::string error_of(const RunSecrets& secrets, const std::string& name) {
  const auto found = secrets.find(name);
  REQUIRE_FALSE(found.ok());
  CHECK(found.error().code == ErrorCode::credential);
  return found.error().message;
}

}  // namespace

TEST_CASE("a credential is a text or an object, and is known to the redactor") {
  RunSecrets secrets;
  REQUIRE(secrets.add("api", Secret::copy_of("tops3cret")).ok());
  REQUIRE(
      secrets
          .add_structured("db",
                          Secret::copy_of(R"({"user": "ann", "password": "hunter22", "port": 5})"),
                          {"user"})
          .ok());
  CHECK(*secrets.find("api") == Value("tops3cret"));
  CHECK(to_json(*secrets.find("db")) == R"({"user":"ann","password":"hunter22","port":5})");
  CHECK(masked(secrets, "tops3cret of ann: hunter22") == "*** of ann: ***");
  // base64 of "ann:hunter22", as basic authentication has it.
  CHECK(masked(secrets, "Basic YW5uOmh1bnRlcjIy") == "Basic ***");
  secrets.learn(Secret::copy_of("yesterday"));
  CHECK(masked(secrets, "yesterday") == "***");
}

TEST_CASE("what is missing says so when it is asked for, what is unknown as well") {
  RunSecrets secrets;
  secrets.add_missing("mail", Error{ErrorCode::credential, "no credential named 'mail'"});
  CHECK(error_of(secrets, "mail") == "no credential named 'mail'");
  CHECK(error_of(secrets, "later") ==
        "the credential 'later' was not looked up when this run began");
}

TEST_CASE("a value that cannot be used is refused without being shown") {
  RunSecrets secrets;
  const auto binary = secrets.add("key", Secret::copy_of("\xff\xfe"));
  REQUIRE_FALSE(binary.ok());
  CHECK(binary.error().message == "the credential 'key' is not UTF-8 text");
  const auto text = secrets.add_structured("db", Secret::copy_of("hunter2"), {});
  REQUIRE_FALSE(text.ok());
  CHECK(text.error().message == "the credential 'db' is no JSON object");
  CHECK(text.error().hint.find("hunter2") == std::string::npos);
}

TEST_CASE("what is too short to be masked is known, but for what may be shown anyway") {
  RunSecrets secrets;
  REQUIRE(secrets.add("pin", Secret::copy_of("123")).ok());
  REQUIRE(secrets.add("code", Secret::copy_of("1234")).ok());
  const auto add_login = [&](const char* name, const std::vector<std::string>& shown) {
    const auto login = Secret::copy_of(R"({"user": "ann", "password": "hunter2", "port": 5})");
    REQUIRE(secrets.add_structured(name, login, shown).ok());
  };
  add_login("login", {});
  add_login("known", {"user"});
  CHECK_FALSE(secrets.can_mask("pin"));
  CHECK(secrets.can_mask("code"));
  CHECK_FALSE(secrets.can_mask("login"));
  CHECK(secrets.can_mask("known"));
}
