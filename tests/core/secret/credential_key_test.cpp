#include "core/secret/credential_key.hpp"

#include "core/secret/credential_value.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::CredentialKey;
using core::CredentialNamespace;
using core::ErrorCode;

TEST_CASE("keys are short names with the marks that people use") {
  for (const std::string& text : {std::string("github"),
                                  std::string("prod/api-key"),
                                  std::string("files:token"),
                                  std::string("9.A_b@host"),
                                  std::string(128, 'k')}) {
    const auto key = CredentialKey::parse(text);
    REQUIRE(key.ok());
    CHECK(key->text() == text);
    CHECK_FALSE(key->is_reserved());
  }
  CHECK(*CredentialKey::parse("GitHub") != *CredentialKey::parse("github"));
}

TEST_CASE("what cannot be a key is refused, and quoted only when it can be read") {
  for (const std::string& text : {std::string(),
                                  std::string("-flag"),
                                  std::string("/root"),
                                  std::string("my key"),
                                  std::string("caf\xC3\xA9"),
                                  std::string("a\nb"),
                                  std::string("a\0b", 3),
                                  std::string(129, 'k')}) {
    const auto key = CredentialKey::parse(text);
    REQUIRE_FALSE(key.ok());
    CHECK(key.error().code == ErrorCode::invalid_argument);
    CHECK(key.error().hint.ends_with("prod/api-key"));
  }
  CHECK(CredentialKey::parse("my key").error().message ==
        "'my key' cannot be the key of a credential");
  CHECK(CredentialKey::parse(std::string(129, 'k')).error().message ==
        "this cannot be the key of a credential");
}

TEST_CASE("goflow's own names are refused from a user") {
  const auto key = CredentialKey::parse("__goflow_index__");
  REQUIRE_FALSE(key.ok());
  CHECK(key.error().message == "'__goflow_index__' is a name that goflow keeps for itself");
  CHECK(CredentialKey::index().is_reserved());
  const auto previous = CredentialKey::previous_of(*CredentialKey::parse("prod/db"));
  CHECK(previous.text() == "__goflow_previous__:prod/db");
  CHECK(previous.is_reserved());
}

TEST_CASE("a namespace has a service of its own") {
  CHECK(CredentialNamespace().service() == "goflow");
  CHECK(CredentialNamespace::parse("")->service() == "goflow");
  CHECK(CredentialNamespace::parse("tenant-a")->service() == "goflow/tenant-a");
  CHECK(CredentialNamespace::parse(std::string(63, '0')).ok());
  for (const char* text : {"-a", "Tenant", "a/b", "a.b", "a b"}) {
    CAPTURE(text);
    CHECK(CredentialNamespace::parse(text).error().code == ErrorCode::invalid_argument);
  }
  CHECK_FALSE(CredentialNamespace::parse(std::string(64, 'a')).ok());
}

TEST_CASE("a value is something, and at most 1 MiB") {
  const auto refusal = [](std::string_view value) {
    const auto checked = core::check_credential_value(value);
    if (checked) return std::string();
    CHECK(checked.error().code == ErrorCode::invalid_argument);
    CHECK_FALSE(checked.error().hint.empty());
    return checked.error().message;
  };
  CHECK(refusal("x").empty());
  CHECK(refusal(std::string_view("\0", 1)).empty());
  CHECK(refusal(std::string(core::largest_credential, 'x')).empty());
  CHECK(refusal(std::string(core::largest_credential + 1, 'x')) ==
        "the value is larger than 1 MiB");
  CHECK(refusal("") == "the value is empty");
  CHECK(refusal(" \t\r\n\v\f") == "the value is only white space");
}
