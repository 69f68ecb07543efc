#include "credentials/secret_service/summaries.hpp"

#include "credentials/secret_service/items.hpp"
#include "tests/support/test_keyring.hpp"

#include <doctest/doctest.h>

#include <signal.h>

#include <algorithm>

using namespace goflow;
using namespace std::chrono_literals;
using credentials::Session;

namespace {

/// On the bus of the test, with time enough for two slow processors under a sanitizer.
struct Conversation {
  Conversation() { REQUIRE(session.open(test::test_bus()).ok()); }

  Session session{**credentials::secret_library(), 60s};
};

std::vector<std::string> times(std::size_t count, const std::string& path) {
  std::vector<std::string> paths(count);
  std::fill(paths.begin(), paths.end(), path);
  return paths;
}

}  // namespace

TEST_SUITE("summaries" * doctest::skip(!test::can_have_keyring())) {
  TEST_CASE("few entries tell their names and times, of many the names") {
    const test::TestKeyring keyring;
    test::output_of("secret-tool store --label=a service goflow username github", "x");
    Conversation conversation;
    const auto paths = find_paths(conversation.session, "goflow");
    REQUIRE(paths.ok());
    REQUIRE(paths->unlocked.size() == 1);
    const auto few = summarize_items(conversation.session, paths->unlocked);
    REQUIRE(few.ok());
    REQUIRE(few->size() == 1);
    CHECK(few->front().username == "github");
    CHECK(few->front().created_at.has_value());
    CHECK(few->front().updated_at.has_value());
    const auto many = summarize_items(conversation.session, times(300, paths->unlocked.front()));
    REQUIRE(many.ok());
    CHECK(many->size() == 300);
    CHECK(std::all_of(many->begin(), many->end(), [](const auto& item) {
      return item.username == "github" && !item.updated_at;
    }));
  }

  TEST_CASE("entries that are gone meanwhile are left out") {
    const test::TestKeyring keyring;
    Conversation conversation;
    for (const std::size_t count : {1U, 300U}) {
      const auto gone = summarize_items(
          conversation.session, times(count, "/org/freedesktop/secrets/collection/login/77"));
      REQUIRE_MESSAGE(gone.ok(), gone.error().message);
      CHECK(gone->empty());
    }
  }

  TEST_CASE("a keyring that stops in the middle of many questions is given up at the deadline") {
    const test::TestKeyring keyring;
    Conversation conversation;
    keyring.send(SIGSTOP);
    conversation.session.extend(300ms);
    const auto given_up = summarize_items(
        conversation.session, times(300, "/org/freedesktop/secrets/collection/login/1"));
    keyring.send(SIGCONT);
    REQUIRE_FALSE(given_up.ok());
    CHECK(given_up.error().message ==
          "the secret service did not answer within 300ms, it may be locked");
  }
}
