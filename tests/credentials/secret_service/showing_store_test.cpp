#include "credentials/secret_service/showing_store.hpp"

#include "credentials/secret_service/plain_conversation.hpp"
#include "tests/contract/credential_store_contract.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_keyring.hpp"

#include <doctest/doctest.h>

#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <thread>

using namespace goflow;
using core::CredentialKey;
using core::CredentialStore;
using core::Secret;
using credentials::PlainConversation;
using credentials::SecretServiceOptions;
using namespace std::chrono_literals;

namespace {

/// Long enough for two slow processors under a sanitizer.
SecretServiceOptions patient() {
  return {.bus = test::test_bus(), .timeout = 60s};
}

core::Result<std::unique_ptr<CredentialStore>> open(SecretServiceOptions options = patient()) {
  return credentials::open_secret_service_to_show(std::move(options), {});
}

std::unique_ptr<CredentialStore> opened() {
  auto store = open();
  REQUIRE_MESSAGE(store.ok(), store.error().message);
  return *std::move(store);
}

const CredentialKey github = *CredentialKey::parse("github");

/// What the quick way alone tells.
std::string plainly(const std::string& key = "github") {
  auto conversation = PlainConversation::begin(test::test_bus(), 60s);
  REQUIRE(conversation.ok());
  if (*conversation == nullptr) return "(not begun)";
  const auto value = (*conversation)->look_up("goflow", *CredentialKey::parse(key));
  REQUIRE(value.ok());
  if (!value->is_told) return "(not told)";
  return value->secret ? std::string(value->secret->expose()) : "(none)";
}

void write_theirs(const std::string& attributes, const std::string& value) {
  test::output_of("secret-tool store --label=theirs service goflow username " + attributes, value);
}

/// While the keyring does nothing.
template <class Answer>
Answer while_silent(const test::TestKeyring& keyring, const std::function<Answer()>& ask) {
  keyring.send(SIGSTOP);
  Answer answer = ask();
  keyring.send(SIGCONT);
  return answer;
}

/// Takes connections, and says nothing.
class SilentBus {
 public:
  SilentBus() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path_.c_str(), sizeof(address.sun_path) - 1);
    REQUIRE(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
    REQUIRE(listen(socket_, 1) == 0);
  }
  ~SilentBus() { close(socket_); }
  SilentBus(const SilentBus&) = delete;
  SilentBus& operator=(const SilentBus&) = delete;

  [[nodiscard]] credentials::SessionBus where() const { return {.address = "unix:path=" + path_}; }

 private:
  test::TempDir folder_;
  const std::string path_ = folder_.path() + "/bus";
  const int socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
};

}  // namespace

TEST_SUITE("secret service" * doctest::skip(!test::can_have_keyring())) {
  TEST_CASE("the store that shows values keeps the credential store contract") {
    std::unique_ptr<test::TestKeyring> keyring;
    test::credential_store_contract([&] {
      keyring.reset();
      keyring = std::make_unique<test::TestKeyring>();
      return [](const core::CredentialNamespace& credential_namespace) {
        auto store = credentials::open_secret_service_to_show(patient(), credential_namespace);
        REQUIRE(store.ok());
        return *std::move(store);
      };
    });
  }

  TEST_CASE("the only entry of a key is told in the quick way, and that there is none") {
    const test::TestKeyring keyring;
    CHECK(plainly() == "(none)");
    write_theirs("github", "token");
    write_theirs("gitlab", "other");
    CHECK(plainly() == "token");
    CHECK(plainly("gitlab") == "other");
    std::string bytes(1'000'000, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<char>(i % 251);
    }
    REQUIRE(opened()->set(github, Secret::copy_of(bytes)).ok());
    CHECK(plainly() == bytes);
  }

  TEST_CASE("of several entries the last changed is told, in the other way") {
    const test::TestKeyring keyring;
    write_theirs("github more 1", "old");
    // Times are kept in whole seconds.
    std::this_thread::sleep_for(1100ms);
    write_theirs("github more 2", "new");
    CHECK(plainly() == "(not told)");
    CHECK((*opened()->get(github))->expose() == "new");
  }

  TEST_CASE("what is locked is told of in the other way") {
    test::TestKeyring keyring;
    write_theirs("github", "token");
    keyring.restart_locked();
    CHECK(plainly() == "(not told)");
    CHECK(opened()->get(github).error().message == "the keyring 'login' is locked");
  }

  TEST_CASE("what is denied is asked for in the other way, which tells of it if that fails, too") {
    const test::TestKeyring keyring;
    write_theirs("github", "token");
    {
      const test::DeniedCall denied("GetSecret", "org.freedesktop.Secret.Item");
      CHECK(plainly() == "(not told)");
      CHECK((*opened()->get(github))->expose() == "token");
    }
    {
      const test::DeniedCall denied("OpenSession");
      CHECK(plainly() == "(not begun)");
    }
    {
      const test::DeniedCall denied("SearchItems");
      CHECK(plainly() == "(not told)");
      CHECK(
          opened()->get(github).error().message.starts_with("the secret service denies access: "));
    }
  }

  TEST_CASE("a service that does not answer is given up after the deadline") {
    const test::TestKeyring keyring;
    SecretServiceOptions options = patient();
    options.timeout = 300ms;
    const auto begun = std::chrono::steady_clock::now();
    const auto refused = while_silent<core::Error>(keyring, [&] { return open(options).error(); });
    CHECK(std::chrono::steady_clock::now() - begun < 10s);
    CHECK(refused.code == core::ErrorCode::credential);
    CHECK(refused.message == "the secret service did not answer within 300ms, it may be locked");
    CHECK(refused.hint.find("goflow config set credentials.timeout 1s200ms") != std::string::npos);

    const auto store = open(options);
    REQUIRE(store.ok());
    const auto silent =
        while_silent<core::Error>(keyring, [&] { return (*store)->get(github).error(); });
    CHECK(silent.message == refused.message);
  }

  TEST_CASE("a bus that does not answer is given up after the deadline") {
    const SilentBus bus;
    const auto refused = PlainConversation::begin(bus.where(), 300ms);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message ==
          "the session bus did not answer within 300ms, it may be locked");
  }

  TEST_CASE("a service that is killed in the middle of a call is told of in the other way") {
    test::TestKeyring keyring;
    write_theirs("github", "token");
    const auto store = opened();
    core::Result<std::optional<Secret>> found = std::optional<Secret>();
    keyring.kill_during([&] { found = store->get(github); });
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().message == "no secret service is running");
    keyring.restart_unlocked();
    // The session of before is not known to it.
    CHECK((*store->get(github))->expose() == "token");
  }

  TEST_CASE("where there is no quick way the other one is opened") {
    const test::TestKeyring keyring;
    write_theirs("github", "token");
    SecretServiceOptions options = patient();
    options.bus.address = "tcp:host=bus.example.test,port=1";
    const auto conversation = PlainConversation::begin(options.bus, 60s);
    REQUIRE(conversation.ok());
    CHECK(*conversation == nullptr);
    // GLib keeps the bus of the test program, whatever the address says.
    const auto store = open(options);
    REQUIRE(store.ok());
    CHECK((*(*store)->get(github))->expose() == "token");
  }
}
