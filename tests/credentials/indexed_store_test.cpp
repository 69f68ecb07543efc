#include "credentials/indexed_store.hpp"

#include "credentials/home_lock.hpp"
#include "credentials/memory/memory_credential_store.hpp"
#include "tests/contract/credential_store_contract.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <future>

using namespace goflow;
using core::CredentialKey;
using core::CredentialStore;
using core::Secret;
using credentials::MemoryCredentialStore;
using credentials::MemoryKeyring;
using namespace std::chrono_literals;

namespace {

/// A keyring, looked at with its index and without.
struct Place {
  Place()
      : indexed(credentials::with_index(std::make_unique<MemoryCredentialStore>(keyring),
                                        home.path(),
                                        10s,
                                        [this](const std::string& text) { told.push_back(text); })),
        bare(keyring) {}

  /// "(none)" when there is none.
  std::string index() {
    const auto found = bare.get(CredentialKey::index());
    REQUIRE(found.ok());
    return *found ? std::string((*found)->expose()) : "(none)";
  }

  test::TempDir home;
  std::shared_ptr<MemoryKeyring> keyring = std::make_shared<MemoryKeyring>();
  std::vector<std::string> told;
  std::unique_ptr<CredentialStore> indexed;
  MemoryCredentialStore bare;
};

const CredentialKey github = *CredentialKey::parse("github");
const CredentialKey gitlab = *CredentialKey::parse("gitlab");
const CredentialKey index_key = CredentialKey::index();
const Secret token = Secret::copy_of("token");

}  // namespace

TEST_CASE("an indexed store keeps the credential store contract") {
  test::credential_store_contract([] {
    return [keyring = std::make_shared<MemoryKeyring>(), home = std::make_shared<test::TempDir>()](
               const core::CredentialNamespace& credential_namespace) {
      return credentials::with_index(
          std::make_unique<MemoryCredentialStore>(keyring, credential_namespace),
          home->path(),
          60s);
    };
  });
}

TEST_CASE("the index follows what is stored and removed, and goes with the last key") {
  Place place;
  REQUIRE(place.indexed->set(gitlab, token).ok());
  REQUIRE(place.indexed->set(github, token).ok());
  CHECK(place.index() == R"(["github","gitlab"])");
  REQUIRE(place.indexed->set(CredentialKey::previous_of(github), token).ok());
  CHECK(place.index() == R"(["github","gitlab"])");
  REQUIRE(place.indexed->remove(github).ok());
  CHECK(place.index() == R"(["gitlab"])");
  REQUIRE(place.indexed->remove(gitlab).ok());
  CHECK(place.index() == "(none)");
  CHECK(place.told.empty());
}

TEST_CASE("an index that is lost, damaged or wrong is mended by list and by set") {
  for (const char* index :
       {"", "[", "{}", "[1]", "[]", R"(["github"])", R"(["github","gitlab","gone"])"}) {
    CAPTURE(index);
    for (const bool by_list : {true, false}) {
      Place place;
      REQUIRE(place.bare.set(github, token).ok());
      REQUIRE(place.bare.set(gitlab, token).ok());
      if (*index != '\0') REQUIRE(place.bare.set(index_key, Secret::copy_of(index)).ok());
      // What list() enumerates is the truth, whatever the index says.
      if (by_list) {
        CHECK(place.indexed->list()->size() == 2);
        CHECK(place.index() == R"(["github","gitlab"])");
      } else {
        REQUIRE(place.indexed->set(*CredentialKey::parse("new"), token).ok());
        CHECK(place.index() == R"(["github","gitlab","new"])");
      }
    }
  }
}

TEST_CASE("of many keys one more or less is written down, and list finds what else is wrong") {
  Place place;
  std::string expected;
  for (int i = 100; i < 200; ++i) {
    const std::string name = "key-" + std::to_string(i);
    REQUIRE(place.indexed->set(*CredentialKey::parse(name), token).ok());
    expected += (expected.empty() ? "[\"" : ",\"") + name + '"';
  }
  CHECK(place.index() == expected + "]");
  REQUIRE(place.bare.set(github, token).ok());
  REQUIRE(place.indexed->set(gitlab, token).ok());
  CHECK(place.index() == "[\"gitlab\"," + expected.substr(1) + "]");
  REQUIRE(place.indexed->remove(gitlab).ok());
  CHECK(place.index() == expected + "]");
  CHECK(place.indexed->list()->size() == 101);
  CHECK(place.index() == "[\"github\"," + expected.substr(1) + "]");
}

TEST_CASE("an index that is right is not written again, whatever its order is") {
  Place place;
  REQUIRE(place.bare.set(github, token).ok());
  REQUIRE(place.bare.set(gitlab, token).ok());
  const std::string theirs = R"([ "gitlab", "github" ])";
  REQUIRE(place.bare.set(index_key, Secret::copy_of(theirs)).ok());
  CHECK(place.indexed->list().ok());
  REQUIRE(place.indexed->set(github, token).ok());
  CHECK(place.index() == theirs);
}

TEST_CASE("a locked keyring is listed without a look at the index") {
  Place place;
  REQUIRE(place.bare.set(github, token).ok());
  place.keyring->lock(core::LockState::locked);
  CHECK(place.indexed->list()->size() == 1);
  CHECK(place.told.empty());
}

TEST_CASE("a keyring that fails is told as it is, and nothing of the index") {
  Place place;
  place.keyring->fail_with(core::Error{core::ErrorCode::credential, "out of order"});
  CHECK(place.indexed->set(github, token).error().message == "out of order");
  CHECK(place.indexed->remove(github).error().message == "out of order");
  CHECK(place.indexed->list().error().message == "out of order");
  CHECK(place.told.empty());
}

namespace {

/// Answers only who knows the key.
class TellsNoKeys final : public CredentialStore {
 public:
  core::Result<void> set(const CredentialKey& key, const Secret& value) override {
    return store_.set(key, value);
  }
  core::Result<std::optional<Secret>> get(const CredentialKey& key) override {
    return store_.get(key);
  }
  core::Result<bool> remove(const CredentialKey& key) override { return store_.remove(key); }
  core::Result<bool> exists(const CredentialKey& key) override { return store_.exists(key); }
  core::Result<std::vector<core::StoredCredential>> list() override {
    return core::Error{core::ErrorCode::failed_precondition, "it denies access"};
  }
  core::Result<core::LockState> lock_state() override { return store_.lock_state(); }

 private:
  MemoryCredentialStore store_;
};

}  // namespace

TEST_CASE("where the store does not tell its keys the index is listed, and that is told") {
  const test::TempDir home;
  std::vector<std::string> told;
  auto hidden = std::make_unique<TellsNoKeys>();
  CredentialStore& behind = *hidden;
  const auto store = credentials::with_index(
      std::move(hidden), home.path(), 10s, [&](const std::string& text) { told.push_back(text); });
  const auto without_index = store->list();
  REQUIRE_FALSE(without_index.ok());
  CHECK(without_index.error().code == core::ErrorCode::credential);
  CHECK(without_index.error().message == "it denies access");
  const auto names = Secret::copy_of(R"(["gitlab", "github", "no key"])");
  REQUIRE(behind.set(index_key, names).ok());
  const auto listed = store->list();
  REQUIRE_MESSAGE(listed.ok(), listed.error().message);
  REQUIRE(listed->size() == 2);
  CHECK(listed->front().key == github);
  CHECK(listed->back().key == gitlab);
  CHECK(told == std::vector<std::string>{
                    "the list may lack what other programs have stored, because it denies access"});
}

namespace {

/// Has no room for an index.
class NoRoomForIndex final : public CredentialStore {
 public:
  core::Result<void> set(const CredentialKey& key, const Secret& value) override {
    if (key.is_reserved()) return core::Error{core::ErrorCode::credential, "no room"};
    return store_.set(key, value);
  }
  core::Result<std::optional<Secret>> get(const CredentialKey& key) override {
    return store_.get(key);
  }
  core::Result<bool> remove(const CredentialKey& key) override { return store_.remove(key); }
  core::Result<bool> exists(const CredentialKey& key) override { return store_.exists(key); }
  core::Result<std::vector<core::StoredCredential>> list() override { return store_.list(); }
  core::Result<core::LockState> lock_state() override { return store_.lock_state(); }

 private:
  MemoryCredentialStore store_;
};

}  // namespace

TEST_CASE("that the index cannot be written is a warning, and the value is stored") {
  const test::TempDir home;
  std::vector<std::string> told;
  const auto store = credentials::with_index(
      std::make_unique<NoRoomForIndex>(), home.path(), 10s, [&](const std::string& text) {
        told.push_back(text);
      });
  CHECK(store->set(github, token).ok());
  CHECK((*store->get(github))->expose() == "token");
  CHECK(told == std::vector<std::string>{
                    "the list of keys that other programs read could not be written: no room"});
}

namespace {

/// In another thread, which the lock holds off like another process.
template <class Do>
auto elsewhere(const Do& work) {
  return std::async(std::launch::async, work).get();
}

}  // namespace

TEST_CASE("who waits too long for another goflow is told which file it holds") {
  Place place;
  const auto impatient = credentials::with_index(
      std::make_unique<MemoryCredentialStore>(place.keyring), place.home.path(), 30ms);
  {
    const auto held = credentials::HomeLock::take(place.home.path(), 10s);
    REQUIRE(held.ok());
    const auto refused = elsewhere([&] { return impatient->set(github, token); });
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == core::ErrorCode::credential);
    CHECK(refused.error().message ==
          "another goflow has held '" + place.home.path() + "/credentials.lock' for 30ms");
    CHECK_FALSE(elsewhere([&] { return impatient->remove(github); }).ok());
    CHECK_FALSE(*place.bare.exists(github));
  }
  CHECK(impatient->set(github, token).ok());
}
