#include "credentials/secret_service/secret_service_store.hpp"

#include "tests/contract/credential_store_contract.hpp"
#include "tests/support/test_keyring.hpp"

#include <doctest/doctest.h>

#include <signal.h>

#include <thread>

using namespace goflow;
using core::CredentialKey;
using core::CredentialStore;
using core::ErrorCode;
using core::LockState;
using core::Secret;
using credentials::SecretServiceOptions;
using namespace std::chrono_literals;

namespace {

/// Long enough for two slow processors under a sanitizer.
SecretServiceOptions patient() {
  return {.bus = test::test_bus(), .timeout = 60s};
}

std::unique_ptr<CredentialStore> opened(
    SecretServiceOptions options = patient(),
    const core::CredentialNamespace& credential_namespace = {}) {
  auto store = credentials::open_secret_service(std::move(options), credential_namespace);
  REQUIRE_MESSAGE(store.ok(), store.error().message);
  return *std::move(store);
}

const CredentialKey github = *CredentialKey::parse("github");

std::string value_of(CredentialStore& store, const CredentialKey& key = github) {
  const auto secret = store.get(key);
  REQUIRE_MESSAGE(secret.ok(), secret.error().message);
  return *secret ? std::string((*secret)->expose()) : "(none)";
}

}  // namespace

TEST_SUITE("secret service" * doctest::skip(!test::can_have_keyring())) {
  TEST_CASE("the secret service store keeps the credential store contract") {
    std::unique_ptr<test::TestKeyring> keyring;
    test::credential_store_contract(
        [&] {
          keyring.reset();
          keyring = std::make_unique<test::TestKeyring>();
          return [](const core::CredentialNamespace& credential_namespace) {
            return opened(patient(), credential_namespace);
          };
        },
        70);  // more than those of which times are told
  }

  TEST_CASE("entries that secret-tool wrote are found, replaced in their place and removed") {
    const test::TestKeyring keyring;
    test::output_of("secret-tool store --label=mine service goflow username github", "theirs");
    const auto store = opened();
    CHECK(value_of(*store) == "theirs");
    CHECK(store->list()->size() == 1);
    REQUIRE(store->set(github, Secret::copy_of("ours")).ok());
    const std::string found = test::output_of("secret-tool search --all service goflow");
    CHECK(found.find("secret = ours") != std::string::npos);
    CHECK(found.find("secret = theirs") == std::string::npos);
    CHECK(found.find("[/2]") == std::string::npos);
    CHECK(*store->remove(github));
    CHECK(test::output_of("secret-tool lookup service goflow username github").empty());
  }

  TEST_CASE("secret-tool finds what goflow stored") {
    const test::TestKeyring keyring;
    const auto store = opened();
    REQUIRE(store->set(github, Secret::copy_of("token")).ok());
    CHECK(test::output_of("secret-tool lookup service goflow username github") == "token");
    const std::string found = test::output_of("secret-tool search --all service goflow");
    CHECK(found.find("label = Password for 'github' on 'goflow'") != std::string::npos);
    CHECK(found.find("schema = org.freedesktop.Secret.Generic") != std::string::npos);
  }

  TEST_CASE("of several entries of one key the last changed counts, and set leaves one") {
    const test::TestKeyring keyring;
    test::output_of("secret-tool store --label=a service goflow username github more 1", "old");
    // Times are kept in whole seconds.
    std::this_thread::sleep_for(1100ms);
    test::output_of("secret-tool store --label=b service goflow username github more 2", "new");
    const auto store = opened();
    CHECK(value_of(*store) == "new");
    CHECK(store->list()->size() == 1);
    REQUIRE(store->set(github, Secret::copy_of("newest")).ok());
    CHECK(test::output_of("secret-tool lookup service goflow username github more 1").empty());
    CHECK(test::output_of("secret-tool lookup service goflow username github more 2") == "newest");
  }

  TEST_CASE("accounts that cannot be keys are left alone") {
    const test::TestKeyring keyring;
    test::output_of("secret-tool store --label=a service goflow username 'not a key'", "x");
    test::output_of("secret-tool store --label=a service goflow", "x");
    const auto store = opened();
    CHECK(store->list()->empty());
    CHECK(store->exists(github).ok());
  }

  TEST_CASE("a locked keyring says which keys exist and refuses the rest, without a prompt") {
    test::TestKeyring keyring;
    REQUIRE(opened()->set(github, Secret::copy_of("token")).ok());
    keyring.restart_locked();
    const auto store = opened();
    CHECK(*store->lock_state() == LockState::locked);
    CHECK(*store->exists(github));
    CHECK_FALSE(*store->exists(*CredentialKey::parse("none")));
    for (const auto& refused : {store->get(github).error(),
                                store->set(github, Secret::copy_of("other")).error(),
                                store->remove(github).error(),
                                store->list().error()}) {
      CHECK(refused.code == ErrorCode::credential);
      CHECK(refused.message == "the keyring 'login' is locked");
      CHECK(refused.hint.find("gnome-keyring-daemon --unlock") != std::string::npos);
    }
    CHECK(store->set(*CredentialKey::parse("new"), Secret::copy_of("x")).error().message ==
          "the keyring 'Login' is locked");
    keyring.restart_unlocked();
    CHECK(*store->lock_state() == LockState::unlocked);
    CHECK(value_of(*store) == "token");
  }

  TEST_CASE("a prompt that is dismissed is told, and that goflow waited for it") {
    test::TestKeyring keyring;
    REQUIRE(opened()->set(github, Secret::copy_of("token")).ok());
    keyring.restart_locked();
    std::vector<std::string> notices;
    SecretServiceOptions options = patient();
    options.can_prompt = true;
    options.notify = [&](const std::string& text) { notices.push_back(text); };
    const auto found = opened(options)->get(github);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code == ErrorCode::credential);
    CHECK(found.error().message == "the keyring 'login' is locked: the prompt was dismissed");
    CHECK(notices == std::vector<std::string>{"waiting until the keyring 'login' is unlocked"});
  }

  TEST_CASE("a service that denies access is told in its own words") {
    const test::TestKeyring keyring;
    const auto store = opened();
    REQUIRE(store->set(github, Secret::copy_of("token")).ok());
    {
      const test::DeniedCall denied("SearchItems");
      for (const auto& refused : {store->get(github).error(),
                                  store->set(github, Secret::copy_of("other")).error(),
                                  store->remove(github).error()}) {
        CHECK(refused.code == ErrorCode::credential);
        CHECK(refused.message.starts_with("the secret service denies access: "));
        CHECK(refused.message.find("SearchItems") != std::string::npos);
        CHECK(refused.hint.find("export GOFLOW_KEYRING=file") != std::string::npos);
      }
      CHECK(store->list().error().code == ErrorCode::failed_precondition);
    }
    {
      const test::DeniedCall denied("OpenSession");
      // Keys that were agreed upon before still hold.
      CHECK(value_of(*store) == "token");
    }
    const test::DeniedCall denied("GetSecrets");
    CHECK(store->get(github).error().message.starts_with("the secret service denies access: "));
  }

  TEST_CASE("without any keyring nothing can be stored, and nothing is there") {
    test::TestKeyring keyring;
    keyring.restart_empty();
    const auto store = opened();
    CHECK(value_of(*store) == "(none)");
    const auto refused = store->set(github, Secret::copy_of("token"));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message == "the secret service has no default keyring");
  }

  TEST_CASE("a service that does not answer is given up after the deadline") {
    const test::TestKeyring keyring;
    SecretServiceOptions options = patient();
    options.timeout = 300ms;
    const auto store = opened(options);
    keyring.send(SIGSTOP);
    const auto begun = std::chrono::steady_clock::now();
    const auto found = store->get(github);
    CHECK(std::chrono::steady_clock::now() - begun < 10s);
    keyring.send(SIGCONT);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code == ErrorCode::credential);
    CHECK(found.error().message ==
          "the secret service did not answer within 300ms, it may be locked");
    CHECK(value_of(*opened()) == "(none)");
  }

  TEST_CASE("a service that is killed in the middle of a call is told, and the next one serves") {
    test::TestKeyring keyring;
    const auto store = opened();
    REQUIRE(store->set(github, Secret::copy_of("token")).ok());
    core::Result<std::optional<Secret>> found = std::optional<Secret>();
    keyring.kill_during([&] { found = store->get(github); });
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code == ErrorCode::credential);
    CHECK(found.error().message.starts_with("the secret service ended before it answered: "));
    CHECK(store->get(github).error().message == "no secret service is running");
    keyring.restart_unlocked();
    CHECK(value_of(*store) == "token");
  }
}
