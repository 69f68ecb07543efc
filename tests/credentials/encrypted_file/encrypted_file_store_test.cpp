#include "credentials/encrypted_file/encrypted_file_store.hpp"

#include "credentials/encrypted_file/private_file.hpp"
#include "tests/contract/credential_store_contract.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace goflow;
using core::CredentialKey;
using core::CredentialStore;
using core::ErrorCode;
using core::LockState;
using core::Secret;
using credentials::EncryptedFileOptions;
using credentials::open_encrypted_file;
using credentials::PassphraseUse;

namespace {

constexpr const char* passphrase = "four words without sense";
const CredentialKey github = *CredentialKey::parse("github");
const CredentialKey gitlab = *CredentialKey::parse("gitlab");

/// A home with a key file and a passphrase file, and no credentials yet.
struct Home {
  Home() {
    REQUIRE(credentials::create_key_file(key_file()).ok());
    REQUIRE(
        credentials::create_private_file(passphrase_file(), std::string(passphrase) + "\n").ok());
  }
  [[nodiscard]] std::string key_file() const { return folder.path() + "/key"; }
  [[nodiscard]] std::string passphrase_file() const { return folder.path() + "/passphrase"; }
  [[nodiscard]] std::string file() const { return folder.path() + "/credentials.enc"; }
  [[nodiscard]] EncryptedFileOptions with_key() const {
    return {.home = folder.path(), .keys = {.key_file = key_file()}};
  }
  [[nodiscard]] EncryptedFileOptions with_passphrase() const {
    return {.home = folder.path(), .keys = {.passphrase_file = passphrase_file()}};
  }
  test::TempDir folder;
};

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void overwrite(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::unique_ptr<CredentialStore> opened(EncryptedFileOptions options) {
  return open_encrypted_file(std::move(options), {});
}

void store_value(CredentialStore& store, const CredentialKey& key, std::string_view value) {
  const auto stored = store.set(key, Secret::copy_of(value));
  REQUIRE_MESSAGE(stored.ok(), stored.error().message);
}

std::string value_of(CredentialStore& store, const CredentialKey& key) {
  const auto found = store.get(key);
  REQUIRE_MESSAGE(found.ok(), found.error().message);
  return *found ? std::string((*found)->expose()) : "(none)";
}

/// Nothing works and the file stays as it is.
void check_refused(EncryptedFileOptions options, const std::string& file, std::string_view reason) {
  const std::string before = bytes_of(file);
  const auto store = opened(std::move(options));
  for (const auto& refused : {store->get(github).error(),
                              store->set(github, Secret::copy_of("other")).error(),
                              store->remove(github).error(),
                              store->list().error()}) {
    CHECK(refused.code == ErrorCode::credential);
    CHECK(refused.message == "'" + file + "': " + std::string(reason));
    CHECK_FALSE(refused.hint.empty());
  }
  CHECK(bytes_of(file) == before);
}

}  // namespace

TEST_CASE("the encrypted file keeps the credential store contract") {
  test::credential_store_contract(
      [] {
        return [home = std::make_shared<Home>()](
                   const core::CredentialNamespace& credential_namespace) {
          return open_encrypted_file(home->with_key(), credential_namespace);
        };
      },
      60);
}

TEST_CASE("a passphrase from a file opens what it closed, in another process too") {
  const Home home;
  store_value(*opened(home.with_passphrase()), github, "token");
  const auto store = opened(home.with_passphrase());
  CHECK(*store->lock_state() == LockState::unlocked);
  CHECK(value_of(*store, github) == "token");
  store_value(*store, gitlab, "other");
  CHECK(value_of(*opened(home.with_passphrase()), github) == "token");
}

TEST_CASE("the file is private, has two lines and shows neither keys nor values") {
  const Home home;
  const auto store = opened(home.with_passphrase());
  store_value(*store, github, "a token that must not be seen");
  const std::string first = bytes_of(home.file());
  CHECK(std::count(first.begin(), first.end(), '\n') == 2);
  CHECK(first.starts_with(
      R"({"format":"goflow-keyring","version":1,"kdf":{"name":"argon2id","memory_kib":65536,)"
      R"("iterations":3,"parallelism":1,"salt":")"));
  CHECK(first.find("github") == std::string::npos);
  CHECK(first.find("token") == std::string::npos);
  struct stat status {};
  REQUIRE(stat(home.file().c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);

  // The same content under a new salt and a new nonce.
  store_value(*store, github, "a token that must not be seen");
  const std::string second = bytes_of(home.file());
  CHECK(first.size() == second.size());
  CHECK(first.substr(0, first.find('\n')) != second.substr(0, second.find('\n')));
  CHECK(first.substr(first.find('\n')) != second.substr(second.find('\n')));
}

TEST_CASE("the passphrase is asked for once, and only when something must be opened") {
  const Home home;
  std::vector<PassphraseUse> asked;
  std::string answer = passphrase;
  const auto make = [&] {
    return opened({.home = home.folder.path(),
                   .keys = {.ask_passphrase = [&](PassphraseUse use) -> core::Result<Secret> {
                     asked.push_back(use);
                     return Secret::copy_of(answer);
                   }}});
  };
  const auto first = make();
  CHECK(value_of(*first, github) == "(none)");
  CHECK(first->list()->empty());
  CHECK(asked.empty());
  store_value(*first, github, "token");
  store_value(*first, gitlab, "other");
  CHECK(value_of(*first, github) == "token");
  CHECK(asked == std::vector{PassphraseUse::choose});

  const auto second = make();
  CHECK(*second->lock_state() == LockState::locked);
  CHECK(asked.size() == 1);
  CHECK(second->list()->size() == 2);
  CHECK(value_of(*second, github) == "token");
  CHECK(asked == std::vector{PassphraseUse::choose, PassphraseUse::open});
  CHECK(*second->lock_state() == LockState::unlocked);

  // A wrong one is not remembered.
  const auto third = make();
  answer = "not the right words";
  CHECK_FALSE(third->get(github).ok());
  answer = passphrase;
  CHECK(value_of(*third, github) == "token");
}

TEST_CASE("a new passphrase has 12 characters at least") {
  const Home home;
  overwrite(home.passphrase_file(), "elevenchars\n");
  const auto refused = opened(home.with_passphrase())->set(github, Secret::copy_of("token"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(refused.error().message == "the passphrase has fewer than 12 characters");
  CHECK_FALSE(std::filesystem::exists(home.file()));
  overwrite(home.passphrase_file(), "zw\xC3\xB6lf zeichen");
  CHECK(opened(home.with_passphrase())->set(github, Secret::copy_of("token")).ok());
}

TEST_CASE("nobody to ask, no passphrase file, no key file: each is told") {
  const Home home;
  const auto alone = opened({.home = home.folder.path()});
  CHECK(alone->set(github, Secret::copy_of("token"))
            .error()
            .hint.find("GOFLOW_KEYRING_PASSPHRASE_FILE") != std::string::npos);
  EncryptedFileOptions options = home.with_passphrase();
  options.keys.passphrase_file = "/nowhere/passphrase";
  CHECK(opened(options)->set(github, Secret::copy_of("token")).error().message ==
        "no passphrase file '/nowhere/passphrase'");
  options = home.with_key();
  options.keys.key_file = "/nowhere/key";
  CHECK(opened(options)->set(github, Secret::copy_of("token")).error().message ==
        "no key file '/nowhere/key'");
  CHECK_FALSE(std::filesystem::exists(home.file()));

  store_value(*opened(home.with_key()), github, "token");
  CHECK(opened(home.with_passphrase())->get(github).error().message ==
        "the file with the credentials is opened by a key file");
}

TEST_CASE("a wrong passphrase or key is refused and nothing is overwritten") {
  const Home home;
  store_value(*opened(home.with_passphrase()), github, "token");
  overwrite(home.passphrase_file(), "four words with sense\n");
  check_refused(home.with_passphrase(), home.file(), "wrong passphrase, or the file is damaged");

  const Home keyed;
  store_value(*opened(keyed.with_key()), github, "token");
  overwrite(keyed.key_file(), std::string(64, 'a'));
  check_refused(keyed.with_key(), keyed.file(), "wrong key file, or the file is damaged");
  overwrite(keyed.key_file(), std::string(63, 'a'));
  CHECK(opened(keyed.with_key())->get(github).error().message ==
        "'" + keyed.key_file() + "' is no key file: it needs 64 hex digits");
}

TEST_CASE("a file of which any byte was changed, or that is cut short, is refused and kept") {
  const Home home;
  store_value(*opened(home.with_key()), github, "token");
  const std::string whole = bytes_of(home.file());
  const auto is_refused = [&](const std::string& bytes) {
    overwrite(home.file(), bytes);
    const auto store = opened(home.with_key());
    const bool refuses = !store->get(github).ok() &&
                         !store->set(github, Secret::copy_of("x")).ok() && !store->list().ok();
    return refuses && bytes_of(home.file()) == bytes;
  };
  // The last line feed carries nothing.
  for (std::size_t size = 0; size + 1 < whole.size(); size += size < 8 ? 1 : 7) {
    CAPTURE(size);
    CHECK(is_refused(whole.substr(0, size)));
  }
  for (std::size_t at = 0; at + 1 < whole.size(); at += 3) {
    CAPTURE(at);
    std::string changed = whole;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK(is_refused(changed));
  }
  CHECK(is_refused(whole + whole));
  overwrite(home.file(), whole);
  CHECK(value_of(*opened(home.with_key()), github) == "token");
}

TEST_CASE("what a file asks for is checked before any work is done") {
  const Home home;
  store_value(*opened(home.with_passphrase()), github, "token");
  const std::string whole = bytes_of(home.file());
  const auto with = [&](std::string_view what, const std::string& instead) {
    std::string changed = whole;
    changed.replace(changed.find(what), what.size(), instead);
    overwrite(home.file(), changed);
  };
  with("65536", "1048577");
  check_refused(home.with_passphrase(),
                home.file(),
                "the file asks for 1048577 KiB of memory and 3 iterations: goflow accepts 8192 to "
                "1048576, and 1 to 16");
  with("65536", "8191");
  CHECK_FALSE(opened(home.with_passphrase())->get(github).ok());
  with("\"iterations\":3", "\"iterations\":17");
  CHECK_FALSE(opened(home.with_passphrase())->get(github).ok());
  with("argon2id", "md5");
  check_refused(
      home.with_passphrase(), home.file(), "the file names no way to its key that goflow knows");
  with("\"version\":1", "\"version\":2");
  check_refused(
      home.with_passphrase(), home.file(), "the file has version 2, this goflow knows version 1");
}

TEST_CASE("files that others may look into are refused with the command that closes them") {
  const Home home;
  store_value(*opened(home.with_passphrase()), github, "token");
  for (const std::string& path : {home.passphrase_file(), home.file()}) {
    for (const auto& [mode, text] : {std::pair{0640, "0640"}, {0604, "0604"}, {0620, "0620"}}) {
      REQUIRE(chmod(path.c_str(), static_cast<mode_t>(mode)) == 0);
      const auto refused = opened(home.with_passphrase())->get(github);
      REQUIRE_FALSE(refused.ok());
      CHECK(refused.error().code == ErrorCode::credential);
      CHECK(refused.error().message ==
            "'" + path + "' is open to others: its mode is " + std::string(text));
      CHECK(refused.error().hint == "chmod 600 '" + path + "'");
    }
    REQUIRE(chmod(path.c_str(), 0400) == 0);
  }
  CHECK(value_of(*opened(home.with_passphrase()), github) == "token");
  REQUIRE(chmod(home.key_file().c_str(), 0644) == 0);
  CHECK(credentials::read_private_file(home.key_file()).error().hint ==
        "chmod 600 '" + home.key_file() + "'");
}

TEST_CASE("what is no regular file is refused, and nothing waits for a pipe") {
  const Home home;
  REQUIRE(mkfifo(home.file().c_str(), 0600) == 0);
  CHECK(opened(home.with_key())->get(github).error().message ==
        "'" + home.file() + "' is no regular file");
  std::filesystem::remove(home.file());
  std::filesystem::create_directory(home.file());
  CHECK(opened(home.with_key())->get(github).error().message ==
        "'" + home.file() + "' is no regular file");
}

TEST_CASE("what a killed writer left behind does no harm") {
  const Home home;
  store_value(*opened(home.with_key()), github, "token");
  overwrite(home.file() + ".tmp-a1b2c3", "half of a fi");
  CHECK(value_of(*opened(home.with_key()), github) == "token");
  store_value(*opened(home.with_key()), gitlab, "other");
  CHECK(value_of(*opened(home.with_key()), github) == "token");
}

TEST_CASE("a key file is made once, at random") {
  const test::TempDir folder;
  const std::string path = folder.path() + "/key";
  REQUIRE(credentials::create_key_file(path).ok());
  const std::string first = bytes_of(path);
  CHECK(first.size() == 65);
  CHECK(first.find_first_not_of("0123456789abcdef\n") == std::string::npos);
  CHECK_FALSE(credentials::create_key_file(path).ok());
  CHECK(bytes_of(path) == first);
  REQUIRE(credentials::create_key_file(folder.path() + "/other").ok());
  CHECK(bytes_of(folder.path() + "/other") != first);
}

TEST_CASE("what a killed writer left behind is removed by a later one, and nothing else is") {
  const Home home;
  const auto store = opened(home.with_key());
  const auto leave = [&](const std::string& name, std::chrono::minutes ago) {
    const std::string path = home.folder.path() + "/" + name;
    overwrite(path, "half a fi");
    std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - ago);
  };
  using std::chrono::minutes;
  leave("credentials.enc.tmp-Ab3xY9", minutes(61));
  const std::vector<std::string> others{"credentials.enc.tmp-Ab3xY9.kept",
                                        "credentials.enc.tmp-",
                                        "credentials.enc.bak",
                                        "config.yaml.tmp-Ab3xY9"};
  for (const std::string& name : others) {
    leave(name, minutes(61));
  }
  leave("credentials.enc.tmp-young1", minutes(5));
  std::filesystem::create_directory(home.folder.path() + "/credentials.enc.tmp-folder");
  CHECK(store->list().ok());
  CHECK(std::filesystem::exists(home.folder.path() + "/credentials.enc.tmp-Ab3xY9"));
  store_value(*store, github, "token");
  CHECK_FALSE(std::filesystem::exists(home.folder.path() + "/credentials.enc.tmp-Ab3xY9"));
  CHECK(std::filesystem::exists(home.folder.path() + "/credentials.enc.tmp-young1"));
  CHECK(std::filesystem::exists(home.folder.path() + "/credentials.enc.tmp-folder"));
  for (const std::string& name : others) {
    CAPTURE(name);
    CHECK(std::filesystem::exists(home.folder.path() + "/" + name));
  }
}

TEST_CASE("what a link points to is replaced, and the link stays") {
  const Home home;
  const std::string elsewhere = home.folder.path() + "/elsewhere";
  std::filesystem::create_directory(elsewhere);
  const auto store = opened(home.with_key());
  store_value(*store, github, "old");
  std::filesystem::rename(home.file(), elsewhere + "/kept.enc");
  std::filesystem::create_symlink("elsewhere/kept.enc", home.file());
  store_value(*store, github, "new");
  CHECK(std::filesystem::is_symlink(home.file()));
  CHECK_FALSE(std::filesystem::is_symlink(elsewhere + "/kept.enc"));
  CHECK((*store->get(github))->expose() == "new");
}
