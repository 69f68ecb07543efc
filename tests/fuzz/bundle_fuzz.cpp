// What an export file hides, from anywhere: it is refused, or what is read of it is written and
// read again as the same. So is the envelope around it: any bytes are one, or it is said why not.
#include "credentials/encrypted_file/envelope.hpp"
#include "credentials/export_file/bundle.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace goflow;
using core::CredentialMetadata;
using credentials::ExportedCredential;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void must_be_same(const CredentialMetadata& one, const CredentialMetadata& other) {
  must(one.created_at == other.created_at);
  must(one.updated_at == other.updated_at);
  must(one.expires_at == other.expires_at);
  must(one.description == other.description);
  must(one.labels == other.labels);
  must(one.kind == other.kind);
  must(one.public_fields == other.public_fields);
}

void must_be_same(const ExportedCredential& one, const ExportedCredential& other) {
  must(one.credential_namespace == other.credential_namespace);
  must(one.key == other.key);
  must(one.value.has_same_bytes(other.value));
  must(one.metadata.has_value() == other.metadata.has_value());
  if (one.metadata) must_be_same(*one.metadata, *other.metadata);
}

void check_bundle(std::string_view text) {
  const auto read = credentials::read_bundle(core::Secret::copy_of(text));
  if (!read) return;
  const auto again = credentials::read_bundle(credentials::write_bundle(*read));
  must(again.has_value() && again->size() == read->size());
  for (std::size_t i = 0; i < read->size(); ++i) {
    must_be_same(read->at(i), again->at(i));
  }
}

/// Nothing that would take more work or memory to open than goflow allows.
void check_envelope(std::string_view text) {
  const auto envelope = credentials::parse_envelope(credentials::EnvelopeKind::exported, text);
  if (!envelope) return must(!envelope.error().message.empty() && !envelope.error().hint.empty());
  if (!envelope->derivation) return;
  const credentials::KeyDerivation& derivation = *envelope->derivation;
  must(derivation.memory_kib >= 8 * 1024 && derivation.memory_kib <= 1024 * 1024);
  must(derivation.iterations >= 1 && derivation.iterations <= 16);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  check_bundle(text);
  check_envelope(text);
  return 0;
}
