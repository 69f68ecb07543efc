#include "credentials/secret_service/secret_service_store.hpp"
#include "tests/support/captured_stderr.hpp"
#include "tests/support/test_keyring.hpp"
#include "tests/support/test_prompter.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::CredentialKey;
using core::CredentialStore;
using core::ErrorCode;
using core::LockState;
using core::Secret;
using credentials::SecretServiceOptions;
using namespace std::chrono_literals;

namespace {

const CredentialKey github = *CredentialKey::parse("github");
const CredentialKey gitlab = *CredentialKey::parse("gitlab");

/// A keyring whose prompts are answered, and what goflow says of them meanwhile.
struct Desktop {
  std::unique_ptr<CredentialStore> open(std::chrono::milliseconds prompt_timeout = 60s) {
    SecretServiceOptions options{
        .bus = test::test_bus(),
        .can_prompt = true,
        .timeout = 60s,
        .prompt_timeout = prompt_timeout,
        .notify = [this](const std::string& text) { notices.push_back(text); }};
    auto store = credentials::open_secret_service(std::move(options), {});
    REQUIRE_MESSAGE(store.ok(), store.error().message);
    return *std::move(store);
  }

  /// With 'github' in it, under the password of a TestKeyring.
  void lock() {
    REQUIRE(open()->set(github, Secret::copy_of("token")).ok());
    keyring.restart_locked();
  }

  test::TestPrompter person;
  test::TestKeyring keyring;
  std::vector<std::string> notices;
};

std::string value_of(CredentialStore& store, const CredentialKey& key) {
  const auto found = store.get(key);
  if (!found) return found.error().message;
  return *found ? std::string((*found)->expose()) : "(none)";
}

const std::vector<std::string> waited_for_unlocking{
    "waiting until the keyring 'login' is unlocked"};

}  // namespace

TEST_SUITE("prompts of the secret service" *
           doctest::skip(!test::can_have_keyring() || !test::can_have_prompter())) {
  TEST_CASE("who gives the password gets the value, and is not asked for the next one") {
    Desktop desktop;
    desktop.lock();
    desktop.person.answer(test::keyring_password);
    const auto store = desktop.open();
    CHECK(value_of(*store, github) == "token");
    CHECK(desktop.person.was_asked_everything());
    CHECK(*store->lock_state() == LockState::unlocked);
    CHECK(value_of(*store, github) == "token");
    CHECK(desktop.notices == waited_for_unlocking);
  }

  TEST_CASE("the keyring asks again after a wrong password") {
    Desktop desktop;
    desktop.lock();
    desktop.person.answer("wrong");
    desktop.person.answer(test::keyring_password);
    CHECK(value_of(*desktop.open(), github) == "token");
    CHECK(desktop.person.was_asked_everything());
  }

  TEST_CASE("who dismisses the prompt is told so, and the value stays") {
    Desktop desktop;
    desktop.lock();
    const auto store = desktop.open();
    const auto dismissed = [&](const auto& act) {
      desktop.person.dismiss();
      const auto refused = act();
      REQUIRE_FALSE(refused.ok());
      CHECK(refused.error().code == ErrorCode::credential);
      CHECK(refused.error().message.ends_with("is locked: the prompt was dismissed"));
      CHECK(desktop.person.was_asked_everything());
    };
    dismissed([&] { return store->get(github); });
    dismissed([&] { return store->set(github, Secret::copy_of("other")); });
    dismissed([&] { return store->set(gitlab, Secret::copy_of("new")); });
    dismissed([&] { return store->remove(github); });
    dismissed([&] { return store->list(); });
    desktop.keyring.restart_unlocked();
    CHECK(value_of(*store, github) == "token");
    CHECK_FALSE(*store->exists(gitlab));
  }

  TEST_CASE("a locked keyring is unlocked to store a new key, and to tell the names of all") {
    Desktop desktop;
    desktop.lock();
    desktop.person.answer(test::keyring_password);
    REQUIRE(desktop.open()->set(gitlab, Secret::copy_of("new")).ok());
    CHECK(desktop.notices ==
          std::vector<std::string>{"waiting until the keyring 'Login' is unlocked"});
    desktop.keyring.restart_locked();
    desktop.person.answer(test::keyring_password);
    const auto listed = desktop.open()->list();
    REQUIRE_MESSAGE(listed.ok(), listed.error().message);
    REQUIRE(listed->size() == 2);
    CHECK(listed->front().key == github);
    CHECK(desktop.person.was_asked_everything());
  }

  TEST_CASE("a prompt that nobody answers is given up after its own time") {
    Desktop desktop;
    desktop.lock();
    desktop.person.wait_for_ever();
    desktop.person.answer(test::keyring_password);
    const test::CapturedStderr said;
    const auto given_up = desktop.open(300ms)->get(github);
    CHECK(said.text() == "");  // no words of libraries
    REQUIRE_FALSE(given_up.ok());
    CHECK(given_up.error().message ==
          "the secret service did not answer within 300ms, it may be locked");
    CHECK(given_up.error().hint.find("goflow config set credentials.prompt_timeout") !=
          std::string::npos);
  }

  TEST_CASE("where there is no keyring yet one is made, with the password that is given") {
    Desktop desktop;
    desktop.keyring.restart_empty();
    desktop.person.answer("a new password");
    const auto store = desktop.open();
    const auto stored = store->set(github, Secret::copy_of("token"));
    REQUIRE_MESSAGE(stored.ok(), stored.error().message);
    CHECK(desktop.person.was_asked_everything());
    CHECK(value_of(*store, github) == "token");
    CHECK(desktop.notices == std::vector<std::string>{"waiting for the password of a new keyring"});
  }

  TEST_CASE("where nobody wants a keyring nothing is stored, and that is told") {
    Desktop desktop;
    desktop.keyring.restart_empty();
    desktop.person.dismiss();
    const auto store = desktop.open();
    const auto refused = store->set(github, Secret::copy_of("token"));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::credential);
    CHECK(refused.error().message == "there is no keyring: the prompt was dismissed");
    CHECK_FALSE(*store->exists(github));
  }
}
