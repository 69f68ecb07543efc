#include "credentials/export_file/bundle.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow;
using core::CredentialKey;
using core::CredentialNamespace;
using core::Secret;
using credentials::ExportedCredential;
using credentials::read_bundle;
using credentials::write_bundle;

namespace {

const auto noon = *core::parse_rfc3339("2026-01-19T12:00:00.000001Z");

/// One of which all is known, and one of which nothing is.
std::vector<ExportedCredential> two_credentials() {
  std::vector<ExportedCredential> credentials;
  credentials.push_back(
      {.credential_namespace = *CredentialNamespace::parse("tenant-a"),
       .key = *CredentialKey::parse("prod/db"),
       .value = Secret::copy_of(R"({"user":"ann","password":"p\"w"})"),
       .metadata = core::CredentialMetadata{.created_at = noon,
                                            .updated_at = noon + std::chrono::hours(1),
                                            .expires_at = noon + std::chrono::hours(2),
                                            .description = "of \"the\" shop \xC3\xA4\n",
                                            .labels = {{"team", "shop"}, {"", "\\"}},
                                            .kind = "structured",
                                            .public_fields = {"user", "host"},
                                            .previous_until = noon}});
  credentials.push_back({.credential_namespace = {},
                         .key = *CredentialKey::parse("files:token"),
                         .value = Secret::copy_of(std::string_view("\0\xFF\n", 3))});
  return credentials;
}

}  // namespace

TEST_CASE("a bundle is read as it was written, without values before a rotation") {
  const auto written = two_credentials();
  const auto read = read_bundle(write_bundle(written));
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(read->at(i).credential_namespace == written[i].credential_namespace);
    CHECK(read->at(i).key == written[i].key);
    CHECK(read->at(i).value.has_same_bytes(written[i].value));
  }
  const auto& known = read->at(0).metadata;
  REQUIRE(known.has_value());
  CHECK(known->created_at == noon);
  CHECK(known->updated_at == noon + std::chrono::hours(1));
  CHECK(known->expires_at == noon + std::chrono::hours(2));
  CHECK(known->description == written[0].metadata->description);
  CHECK(known->labels == written[0].metadata->labels);
  CHECK(known->kind == "structured");
  CHECK(known->public_fields == written[0].metadata->public_fields);
  CHECK_FALSE(known->previous_until.has_value());
  CHECK_FALSE(read->at(1).metadata.has_value());
}

TEST_CASE("an empty bundle is one") {
  const auto read = read_bundle(write_bundle({}));
  REQUIRE(read.has_value());
  CHECK(read->empty());
}

TEST_CASE("members that a later goflow may add are passed over") {
  const auto read = read_bundle(Secret::copy_of(
      R"({"credentials":[{"namespace":"","key":"x","value":"eHl6","shape":[1]}]})"));
  REQUIRE(read.has_value());
  CHECK(read->at(0).value.expose() == "xyz");
}

TEST_CASE("what cannot be a credential spoils the whole bundle") {
  const std::string good = R"({"namespace":"","key":"x","value":"eHl6"})";
  const std::string before = R"({"namespace":"","key":"x","value":"eHl6","metadata":)";
  for (const std::string& item :
       {std::string("1"),
        std::string("{}"),
        good + "," + good,                                            // twice
        std::string(R"({"namespace":"","key":"x"})"),                 // no value
        std::string(R"({"namespace":"","key":"x","value":""})"),      // empty
        std::string(R"({"namespace":"","key":"x","value":"IAo="})"),  // white space
        std::string(R"({"namespace":"","key":"x","value":"eHl"})"),   // no base64
        std::string(R"({"namespace":"","key":"x","value":1})"),
        std::string(R"({"namespace":"","key":"__goflow_index__","value":"eHl6"})"),
        std::string(R"({"namespace":"","key":"a b","value":"eHl6"})"),
        std::string(R"({"namespace":"A","key":"x","value":"eHl6"})"),
        before + "1}",
        before + "{}}",
        before + R"({"created":"x","updated":"x","description":"","labels":{},"kind":"text",)"
                 R"("public_fields":[]}})"}) {
    CAPTURE(item);
    CHECK_FALSE(read_bundle(Secret::copy_of(R"({"credentials":[)" + item + "]}")).has_value());
  }
  for (const char* text :
       {"", "[]", "{}", R"({"credentials":{}})", R"({"credentials":[],"a":1})"}) {
    CHECK_FALSE(read_bundle(Secret::copy_of(text)).has_value());
  }
  CHECK(read_bundle(Secret::copy_of(R"({"credentials":[)" + good + "]}")).has_value());
}

TEST_CASE("a damaged bundle is refused or read, whatever byte it is that changed") {
  const std::string whole(write_bundle(two_credentials()).expose());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    CHECK_FALSE(read_bundle(Secret::copy_of(whole.substr(0, at))).has_value());
    for (const char letter : {'\0', '"', '\\', '}', '\xFF', 'A'}) {
      std::string changed = whole;
      changed[at] = letter;
      const auto read = read_bundle(Secret::copy_of(changed));
      if (read) CHECK(read->size() == 2);
    }
  }
}
