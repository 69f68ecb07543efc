#include "credentials/export_file/export_file.hpp"

#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace goflow;
using core::CredentialKey;
using core::ErrorCode;
using core::Secret;
using credentials::EnvelopeKind;
using credentials::ExportedCredential;
using credentials::ExportFile;

namespace {

const Secret passphrase = Secret::copy_of("four words without sense");

std::vector<ExportedCredential> one_credential(std::string_view value = "a token to be carried") {
  std::vector<ExportedCredential> credentials;
  credentials.push_back({.credential_namespace = {},
                         .key = *CredentialKey::parse("github"),
                         .value = Secret::copy_of(value)});
  return credentials;
}

struct Place {
  [[nodiscard]] std::string file() const { return folder.path() + "/credentials.export"; }
  [[nodiscard]] std::string bytes() const {
    std::ostringstream bytes;
    bytes << std::ifstream(file(), std::ios::binary).rdbuf();
    return bytes.str();
  }
  void overwrite(const std::string& bytes) const {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
    REQUIRE(chmod(file().c_str(), 0600) == 0);
  }
  /// A file that is opened in no time: with the least work that is accepted.
  void write_cheaply(EnvelopeKind kind, const Secret& text) const {
    credentials::KeyDerivation derivation = credentials::new_derivation();
    derivation.memory_kib = 8'192;
    derivation.iterations = 1;
    const auto key = credentials::derive_key(passphrase, derivation);
    REQUIRE(key.ok());
    overwrite(credentials::seal_envelope(kind, text, *key));
  }
  [[nodiscard]] core::Result<std::vector<ExportedCredential>> opened(
      const Secret& words = passphrase) const {
    GOFLOW_TRY(const auto read, ExportFile::read(file()));
    return read.open(words);
  }
  void check_refused(std::string_view reason) const {
    const auto refused = opened();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::credential);
    CHECK(refused.error().message == "'" + file() + "': " + std::string(reason));
    CHECK_FALSE(refused.error().hint.empty());
  }

  test::TempDir folder;
};

}  // namespace

TEST_CASE("an export file is opened by its passphrase, and by nothing else") {
  const Place place;
  REQUIRE(write_export_file(place.file(), one_credential(), passphrase).ok());
  const auto opened = place.opened();
  REQUIRE_MESSAGE(opened.ok(), opened.error().message);
  REQUIRE(opened->size() == 1);
  CHECK(opened->front().key.text() == "github");
  CHECK(opened->front().value.expose() == "a token to be carried");
  const auto refused = place.opened(Secret::copy_of("four words with sense"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::credential);
  CHECK(refused.error().message ==
        "'" + place.file() + "': wrong passphrase, or the file is damaged");
}

TEST_CASE("an export file is private, says what it is, and shows neither keys nor values") {
  const Place place;
  const mode_t mask = umask(0);
  REQUIRE(write_export_file(place.file(), one_credential(), passphrase).ok());
  umask(mask);
  struct stat status {};
  REQUIRE(stat(place.file().c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
  const std::string bytes = place.bytes();
  CHECK(std::count(bytes.begin(), bytes.end(), '\n') == 2);
  CHECK(bytes.starts_with(
      R"({"format":"goflow-credentials","version":1,"kdf":{"name":"argon2id","memory_kib":65536,)"
      R"("iterations":3,"parallelism":1,"salt":")"));
  CHECK(bytes.find("github") == std::string::npos);
  CHECK(bytes.find("token") == std::string::npos);
}

TEST_CASE("an export replaces a file as a whole, with its mode, and leaves nothing beside it") {
  const Place place;
  std::ofstream(place.file()) << "older";
  std::ofstream(place.file() + ".tmp") << "of somebody else";
  REQUIRE(chmod(place.file().c_str(), 0644) == 0);
  REQUIRE(write_export_file(place.file(), one_credential(), passphrase).ok());
  CHECK(place.opened().ok());
  CHECK(place.folder.entries() ==
        std::vector<std::string>{"credentials.export", "credentials.export.tmp"});
}

TEST_CASE("an export that cannot be written leaves the file as it was") {
  const Place place;
  std::ofstream(place.file()) << "older";
  const auto short_one =
      write_export_file(place.file(), one_credential(), Secret::copy_of("elevenchars"));
  REQUIRE_FALSE(short_one.ok());
  CHECK(short_one.error().code == ErrorCode::invalid_argument);
  CHECK(short_one.error().message == "the passphrase has fewer than 12 characters");
  CHECK_FALSE(write_export_file(place.file() + "/x", one_credential(), passphrase).ok());
  CHECK(place.bytes() == "older");
  CHECK(place.folder.entries() == std::vector<std::string>{"credentials.export"});
}

TEST_CASE("a large credential is carried like a small one") {
  const Place place;
  const std::string large(1'048'576, 'x');
  place.write_cheaply(EnvelopeKind::exported, credentials::write_bundle(one_credential(large)));
  const auto opened = place.opened();
  REQUIRE(opened.ok());
  CHECK(opened->front().value.expose() == large);
}

TEST_CASE("an export file that others may look into, or that is none, is refused") {
  const Place place;
  const auto missing = ExportFile::read(place.file());
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().code == ErrorCode::not_found);
  CHECK(missing.error().message == "no file '" + place.file() + "'");
  place.write_cheaply(EnvelopeKind::exported, credentials::write_bundle(one_credential()));
  REQUIRE(chmod(place.file().c_str(), 0640) == 0);
  const auto open_to_others = ExportFile::read(place.file());
  REQUIRE_FALSE(open_to_others.ok());
  CHECK(open_to_others.error().code == ErrorCode::credential);
  CHECK(open_to_others.error().message ==
        "'" + place.file() + "' is open to others: its mode is 0640");
  std::filesystem::remove(place.file());
  std::filesystem::create_directory(place.file());
  CHECK(ExportFile::read(place.file()).error().message ==
        "'" + place.file() + "' is no regular file");
}

TEST_CASE("files of another kind, version or key are told apart before the passphrase is used") {
  const Place place;
  const Secret text = credentials::write_bundle(one_credential());
  place.write_cheaply(EnvelopeKind::keyring, text);
  place.check_refused("the file is damaged, or was not made by 'goflow cred export'");
  for (const char* foreign : {"", "\n", "-----BEGIN PGP MESSAGE-----\n", "{}\n", "[1]\nAAAA\n"}) {
    CAPTURE(foreign);
    place.overwrite(foreign);
    place.check_refused("the file is damaged, or was not made by 'goflow cred export'");
  }
  place.write_cheaply(EnvelopeKind::exported, text);
  std::string newer = place.bytes();
  newer.replace(newer.find("\"version\":1"), 11, "\"version\":9");
  place.overwrite(newer);
  place.check_refused("the file has version 9, this goflow knows version 1");
  const credentials::EnvelopeKey keyed{
      Secret::copy_of(std::string(credentials::envelope_key_size, 'k')), std::nullopt};
  place.overwrite(credentials::seal_envelope(EnvelopeKind::exported, text, keyed));
  place.check_refused("it is not opened by a passphrase");
}

TEST_CASE("what was sealed under the passphrase and is no bundle is refused") {
  const Place place;
  place.write_cheaply(EnvelopeKind::exported, Secret::copy_of(R"({"entries":[]})"));
  place.check_refused("what it hides is not what goflow wrote");
}

TEST_CASE("an export file of which any byte was changed, or that is cut short, gives nothing") {
  const Place place;
  place.write_cheaply(EnvelopeKind::exported, credentials::write_bundle(one_credential()));
  const std::string whole = place.bytes();
  const auto is_refused = [&](const std::string& bytes) {
    place.overwrite(bytes);
    const auto opened = place.opened();
    return !opened.ok() && opened.error().code == ErrorCode::credential;
  };
  for (std::size_t size = 0; size + 1 < whole.size(); size += 5) {
    CAPTURE(size);
    CHECK(is_refused(whole.substr(0, size)));
  }
  for (std::size_t at = 0; at + 1 < whole.size(); ++at) {
    // Another digit of the work to be done is refused too, but only when it is done.
    const bool is_slow = whole[at] >= '0' && whole[at] <= '9';
    CAPTURE(at);
    std::string changed = whole;
    changed[at] = is_slow ? '!' : static_cast<char>(whole[at] ^ 1);
    CHECK(is_refused(changed));
  }
  CHECK(is_refused(whole + whole));
  place.overwrite(whole);
  CHECK(place.opened().ok());
}
