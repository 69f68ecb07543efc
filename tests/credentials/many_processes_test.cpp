// Several goflows that change the credentials of one home at once.
#include "credentials/encrypted_file/encrypted_file_store.hpp"
#include "credentials/encrypted_file/file_keys.hpp"
#include "credentials/secret_service/secret_service_store.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_keyring.hpp"

#include <doctest/doctest.h>

#include <signal.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace goflow;
using core::CredentialKey;
using core::CredentialStore;

namespace {

CredentialKey key_of(int number) {
  return *CredentialKey::parse("key-" + std::to_string(100 + number));
}

std::string program(const std::string& backend, const std::string& home, const CredentialKey& key) {
  return std::string(GOFLOW_SET_CREDENTIAL) + " " + backend + " " + home + " " + key.text();
}

/// What they said on standard error, and the exit code of each that failed.
std::string set_at_once(const std::string& backend, const std::string& home, int processes) {
  std::string script = "{ ";
  for (int i = 0; i < processes; ++i) {
    script += "{ echo value-" + std::to_string(i) + " | " + program(backend, home, key_of(i)) +
              " 2>&1 || echo \"exit code $?\"; } & ";
  }
  return test::output_of(script + "wait; }");
}

void check_all_stored(CredentialStore& store, int processes) {
  const auto listed = store.list();
  REQUIRE(listed.ok());
  CHECK(listed->size() == static_cast<std::size_t>(processes));
  for (int i = 0; i < processes; ++i) {
    CAPTURE(i);
    const auto found = store.get(key_of(i));
    REQUIRE(found.ok());
    REQUIRE(found->has_value());
    CHECK((*found)->expose() == "value-" + std::to_string(i) + "\n");
  }
}

}  // namespace

TEST_CASE("32 processes store 32 keys in one encrypted file, and none is lost") {
  const test::TempDir home;
  REQUIRE(credentials::create_key_file(home.path() + "/key").ok());
  CHECK(set_at_once("file", home.path(), 32) == "");
  const auto store = credentials::open_encrypted_file(
      {.home = home.path(), .keys = {.key_file = home.path() + "/key"}}, {});
  check_all_stored(*store, 32);
}

TEST_CASE("32 processes store 32 keys in one keyring, and the index has them all" *
          doctest::skip(!test::can_have_keyring())) {
  const test::TempDir home;
  const test::TestKeyring keyring;
  CHECK(set_at_once("secret-service", home.path(), 32) == "");
  // Looked at without the index, which must not be mended now.
  const auto store = credentials::open_secret_service(
      {.bus = test::test_bus(), .timeout = std::chrono::minutes(1)}, {});
  REQUIRE(store.ok());
  check_all_stored(**store, 32);
  std::string names;
  for (int i = 0; i < 32; ++i) {
    names += (i == 0 ? "[\"" : ",\"") + key_of(i).text() + "\"";
  }
  const auto index = (*store)->get(CredentialKey::index());
  REQUIRE(index.ok());
  REQUIRE(index->has_value());
  CHECK((*index)->expose() == names + "]");
}

TEST_CASE("processes that store the same key at once leave one whole value of theirs") {
  const test::TempDir home;
  REQUIRE(credentials::create_key_file(home.path() + "/key").ok());
  const std::string one = program("file", home.path(), key_of(0));
  CHECK(test::output_of("for i in 1 2 3 4 5 6; do { echo value | " + one +
                        " 2>&1 || echo \"exit code $?\"; } & done; wait") == "");
  const auto store = credentials::open_encrypted_file(
      {.home = home.path(), .keys = {.key_file = home.path() + "/key"}}, {});
  CHECK((*store->get(key_of(0)))->expose() == "value\n");
  CHECK(store->list()->size() == 1);
}

TEST_CASE("a writer that is killed at any instant leaves the old file or the new one") {
  const test::TempDir home;
  REQUIRE(credentials::create_key_file(home.path() + "/key").ok());
  const auto store = credentials::open_encrypted_file(
      {.home = home.path(), .keys = {.key_file = home.path() + "/key"}}, {});
  std::string before = "value-0\n";
  REQUIRE(store->set(key_of(0), core::Secret::copy_of(before)).ok());
  const std::string one = program("file", home.path(), key_of(0));
  for (int round = 1; round <= 40; ++round) {
    const std::string next = "value-" + std::to_string(round);
    const std::string delay = "0.0" + std::to_string(100 + 2 * round);
    test::output_of("sh -c 'echo " + next + " | " + one + " & sleep " + delay +
                    "; kill -9 $!; wait'");
    const auto found = store->get(key_of(0));
    REQUIRE_MESSAGE(found.ok(), found.error().message);
    REQUIRE(found->has_value());
    const std::string value((*found)->expose());
    CHECK((value == before || value == next + "\n"));
    before = value;
  }
}
