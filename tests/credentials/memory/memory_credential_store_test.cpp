#include "credentials/memory/memory_credential_store.hpp"

#include "core/secret/structured.hpp"
#include "tests/contract/credential_store_contract.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::CredentialKey;
using core::ErrorCode;
using core::LockState;
using core::Secret;
using credentials::MemoryCredentialStore;
using credentials::MemoryKeyring;
using namespace std::chrono_literals;

TEST_CASE("the memory store keeps the credential store contract") {
  test::credential_store_contract([] {
    return [keyring = std::make_shared<MemoryKeyring>()](
               const core::CredentialNamespace& credential_namespace) {
      return std::make_unique<MemoryCredentialStore>(keyring, credential_namespace);
    };
  });
}

TEST_CASE("a memory keyring is locked, fails and dawdles as it is told") {
  const auto keyring = std::make_shared<MemoryKeyring>();
  MemoryCredentialStore store(keyring);
  const CredentialKey key = *CredentialKey::parse("github");
  REQUIRE(store.set(key, Secret::copy_of("token")).ok());

  keyring->lock(LockState::locked);
  CHECK(*store.lock_state() == LockState::locked);
  CHECK(store.get(key).error().message == "the keyring is locked");
  CHECK(store.set(key, Secret::copy_of("other")).error().code == ErrorCode::credential);
  CHECK(store.remove(key).error().code == ErrorCode::credential);
  CHECK(*store.exists(key));
  CHECK(store.list()->size() == 1);
  keyring->lock(LockState::unlocked);
  CHECK((*store.get(key))->expose() == "token");

  keyring->fail_with(core::Error{ErrorCode::credential, "out of order"});
  CHECK(store.list().error().message == "out of order");
  keyring->fail_with(std::nullopt);

  keyring->delay_by(20ms);
  const auto begun = std::chrono::steady_clock::now();
  CHECK(store.exists(key).ok());
  CHECK(std::chrono::steady_clock::now() - begun >= 20ms);
}

TEST_CASE("a structured value goes through a store and comes back as fields") {
  MemoryCredentialStore store;
  const CredentialKey key = *CredentialKey::parse("prod/db");
  const Secret json = Secret::copy_of(R"({ "user": "ann", "password": "hunter2" })");
  REQUIRE(core::set_structured(store, key, json).ok());
  CHECK((*store.get(key))->expose() == R"({"user":"ann","password":"hunter2"})");
  const auto fields = core::get_structured(store, key);
  REQUIRE(fields.ok());
  REQUIRE(fields->has_value());
  CHECK((*fields)->at(1).name == "password");
  CHECK((*fields)->at(1).value.expose() == "hunter2");

  CHECK_FALSE(core::set_structured(store, key, Secret::copy_of("[1]")).ok());
  CHECK_FALSE(core::get_structured(store, *CredentialKey::parse("none"))->has_value());
  REQUIRE(store.set(key, Secret::copy_of("plain")).ok());
  const auto unfit = core::get_structured(store, key);
  CHECK(unfit.error().code == ErrorCode::credential);
  CHECK(unfit.error().message == "the value of 'prod/db' is no JSON object");
}
