#include "credentials/encrypted_file/envelope.hpp"

#include "credentials/encrypted_file/entries.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::Secret;
using credentials::EnvelopeKind;

namespace {

/// A key of a key file.
credentials::EnvelopeKey key_of(char byte) {
  return {Secret::copy_of(std::string(credentials::envelope_key_size, byte)), std::nullopt};
}

}  // namespace

TEST_CASE("an envelope is opened by its key alone, and says what it is") {
  const std::string text =
      seal_envelope(EnvelopeKind::exported, Secret::copy_of("hidden"), key_of('k'));
  CHECK(
      text.starts_with(R"({"format":"goflow-credentials","version":1,"kdf":{"name":"keyfile"},)"));
  const auto envelope = parse_envelope(EnvelopeKind::exported, text);
  REQUIRE(envelope.ok());
  CHECK(open_envelope(*envelope, key_of('k'))->expose() == "hidden");
  CHECK_FALSE(open_envelope(*envelope, key_of('l')).ok());
  CHECK(parse_envelope(EnvelopeKind::keyring, text).error().message ==
        "the file is damaged, or does not keep credentials of goflow");
}

TEST_CASE("a passphrase makes the same key again, and another one with another salt") {
  const Secret words = Secret::copy_of("four words without sense");
  const auto derivation = credentials::new_derivation();
  const auto first = derive_key(words, derivation);
  const auto again = derive_key(words, derivation);
  const auto other = derive_key(words, credentials::new_derivation());
  REQUIRE(first.ok());
  CHECK(first->bytes.has_same_bytes(again->bytes));
  CHECK_FALSE(first->bytes.has_same_bytes(other->bytes));
}

TEST_CASE("the next write is not easier to guess than the last one") {
  const auto next = credentials::new_derivation(
      credentials::KeyDerivation{.salt = "", .memory_kib = 8192, .iterations = 5});
  CHECK(next.memory_kib == 65'536);
  CHECK(next.iterations == 5);
}

TEST_CASE("entries are read as they were written, and nothing else is") {
  using credentials::FileEntries;
  const auto noon = core::parse_rfc3339("2026-01-19T12:00:00Z");
  CHECK(FileEntries::read(FileEntries().write())->begin() ==
        FileEntries::read(FileEntries().write())->end());
  FileEntries written;
  written.set("goflow", "a:b/c", Secret::copy_of(std::string_view("\0\xFF", 2)), *noon);
  written.set("goflow/t", "x", Secret::copy_of("replaced"), *noon);
  written.set("goflow/t", "x", Secret::copy_of("y"), *noon);
  const auto read = FileEntries::read(written.write());
  REQUIRE(read.has_value());
  CHECK(std::distance(read->begin(), read->end()) == 2);
  const auto* entry = read->find("goflow", "a:b/c");
  REQUIRE(entry != nullptr);
  CHECK(FileEntries::value_of(*entry)->expose() == std::string_view("\0\xFF", 2));
  CHECK(entry->modified_at == noon);
  CHECK(FileEntries::value_of(*read->find("goflow/t", "x"))->expose() == "y");
  CHECK(read->find("goflow", "x") == nullptr);
  for (const char* text : {"",
                           "{}",
                           "[]",
                           R"({"entries":{}})",
                           R"({"entries":[1]})",
                           R"({"entries":[{"service":"goflow","account":"x"}]})",
                           R"({"entries":[{"service":1,"account":"x","value":"eA=="}]})"}) {
    CAPTURE(text);
    CHECK_FALSE(FileEntries::read(Secret::copy_of(text)).has_value());
  }
}
