#include "credentials/encrypted_file/envelope.hpp"

#include "core/value/json.hpp"
#include "credentials/encrypted_file/sodium.hpp"

#include <sodium.h>

#include <algorithm>

namespace goflow::credentials {
namespace {

using core::Error;
using core::ErrorCode;
using core::Object;
using core::Result;
using core::Secret;
using core::SecretBuffer;
using core::Value;

constexpr int version = 1;
constexpr std::string_view cipher = "xchacha20-poly1305";
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(envelope_key_size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

// What a file may ask for; the most is refused before any work is done.
constexpr int least_memory_kib = 8 * 1024;
constexpr int most_memory_kib = 1024 * 1024;
constexpr int most_iterations = 16;

std::string_view format_of(EnvelopeKind kind) {
  return kind == EnvelopeKind::keyring ? "goflow-keyring" : "goflow-credentials";
}

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* octets(char* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}

Value described(const std::optional<KeyDerivation>& derivation) {
  if (!derivation) return Object{{"name", "keyfile"}};
  return Object{{"name", "argon2id"},
                {"memory_kib", derivation->memory_kib},
                {"iterations", derivation->iterations},
                {"parallelism", 1},
                {"salt", encoded(derivation->salt)}};
}

std::string header_of(EnvelopeKind kind,
                      const std::optional<KeyDerivation>& derivation,
                      const std::string& nonce) {
  return core::to_json(Object{{"format", format_of(kind)},
                              {"version", version},
                              {"kdf", described(derivation)},
                              {"cipher", Object{{"name", cipher}, {"nonce", encoded(nonce)}}}});
}

constexpr const char* put_back = "put back a copy of the file that was not changed";

Error unreadable(std::string_view what) {
  return Error{ErrorCode::credential, std::string(what)}.with_hint(put_back);
}

/// Which of the two it is cannot be told.
Error wrong_or_damaged(bool has_passphrase) {
  const std::string what = has_passphrase ? "passphrase" : "key file";
  return Error{ErrorCode::credential, "wrong " + what + ", or the file is damaged"}.with_hint(
      "try again with the " + what + " that it was written with, or " + put_back);
}

std::string text_at(const Value* object, std::string_view name) {
  const Value* member = object == nullptr ? nullptr : object->find(name);
  return member != nullptr && member->is_text() ? member->as_text() : "";
}

/// -1: there is none.
std::int64_t number_at(const Value* object, std::string_view name) {
  const Value* member = object == nullptr ? nullptr : object->find(name);
  return member != nullptr && member->is_integer() ? member->as_integer() : -1;
}

Result<std::optional<KeyDerivation>> read_derivation(const Value* kdf) {
  const std::string name = text_at(kdf, "name");
  if (name == "keyfile") return std::optional<KeyDerivation>();
  const auto memory_kib = number_at(kdf, "memory_kib");
  const auto iterations = number_at(kdf, "iterations");
  const auto salt = decoded(text_at(kdf, "salt"));
  const bool is_known = name == "argon2id" && number_at(kdf, "parallelism") == 1 && salt &&
                        salt->size() == crypto_pwhash_SALTBYTES;
  if (!is_known) return unreadable("the file names no way to its key that goflow knows");
  if (memory_kib < least_memory_kib || memory_kib > most_memory_kib || iterations < 1 ||
      iterations > most_iterations) {
    return unreadable("the file asks for " + std::to_string(memory_kib) + " KiB of memory and " +
                      std::to_string(iterations) +
                      " iterations: goflow accepts 8192 to 1048576, and 1 to 16");
  }
  return std::optional(KeyDerivation{.salt = *salt,
                                     .memory_kib = static_cast<int>(memory_kib),
                                     .iterations = static_cast<int>(iterations)});
}

Result<void> check_format(EnvelopeKind kind, const Value& header) {
  if (text_at(&header, "format") != format_of(kind)) {
    return unreadable(kind == EnvelopeKind::keyring
                          ? "the file is damaged, or does not keep credentials of goflow"
                          : "the file is damaged, or was not made by 'goflow cred export'");
  }
  const auto made_for = number_at(&header, "version");
  if (made_for <= version && made_for > 0) return {};
  return Error{ErrorCode::credential,
               "the file has version " + std::to_string(made_for) + ", this goflow knows version " +
                   std::to_string(version)}
      .with_hint("use the goflow that wrote it, or a newer one; see: goflow version");
}

}  // namespace

KeyDerivation new_derivation(const std::optional<KeyDerivation>& so_far) {
  KeyDerivation derivation{.salt = random_bytes(crypto_pwhash_SALTBYTES)};
  if (so_far) {
    derivation.memory_kib = std::max(derivation.memory_kib, so_far->memory_kib);
    derivation.iterations = std::max(derivation.iterations, so_far->iterations);
  }
  return derivation;
}

Result<EnvelopeKey> derive_key(const Secret& passphrase, KeyDerivation derivation) {
  start_sodium();
  SecretBuffer key;
  const std::string_view words = passphrase.expose();
  const int failed = crypto_pwhash(octets(key.extend(envelope_key_size)),
                                   envelope_key_size,
                                   words.data(),
                                   words.size(),
                                   octets(derivation.salt),
                                   static_cast<unsigned long long>(derivation.iterations),
                                   static_cast<std::size_t>(derivation.memory_kib) * 1024,
                                   crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) {
    return Error{ErrorCode::credential,
                 "there is too little memory to make a key of the passphrase: it takes " +
                     std::to_string(derivation.memory_kib / 1024) + " MiB"}
        .with_hint("use a key file instead: export GOFLOW_KEYRING_KEY_FILE=PATH");
  }
  return EnvelopeKey{std::move(key).finish(), std::move(derivation)};
}

Result<Envelope> parse_envelope(EnvelopeKind kind, std::string_view text) {
  const std::string_view header_line = text.substr(0, text.find('\n'));
  const auto header = core::parse_json(header_line);
  if (!header) return check_format(kind, Value()).error();
  GOFLOW_TRY(check_format(kind, *header));
  GOFLOW_TRY(auto derivation, read_derivation(header->find("kdf")));
  const Value* named = header->find("cipher");
  const auto nonce = decoded(text_at(named, "nonce"));
  const bool is_known = text_at(named, "name") == cipher && nonce && nonce->size() == nonce_size;
  if (!is_known) return unreadable("the file names no cipher that goflow knows");
  std::string_view rest = text.substr(std::min(header_line.size() + 1, text.size()));
  if (rest.ends_with('\n')) rest.remove_suffix(1);
  auto ciphertext = decoded(rest);
  if (!ciphertext || ciphertext->size() < tag_size) return unreadable("the file is cut short");
  return Envelope{std::string(header_line), std::move(derivation), *nonce, *std::move(ciphertext)};
}

Result<Secret> open_envelope(const Envelope& envelope, const EnvelopeKey& key) {
  start_sodium();
  SecretBuffer plaintext;
  const std::size_t size = envelope.ciphertext.size() - tag_size;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(octets(plaintext.extend(size)),
                                                                nullptr,
                                                                nullptr,
                                                                octets(envelope.ciphertext),
                                                                envelope.ciphertext.size(),
                                                                octets(envelope.header),
                                                                envelope.header.size(),
                                                                octets(envelope.nonce),
                                                                octets(key.bytes.expose()));
  if (failed == 0) return std::move(plaintext).finish();
  return wrong_or_damaged(envelope.derivation.has_value());
}

std::string seal_envelope(EnvelopeKind kind, const Secret& plaintext, const EnvelopeKey& key) {
  const std::string nonce = random_bytes(nonce_size);
  std::string text = header_of(kind, key.derivation, nonce);
  std::string ciphertext(plaintext.size() + tag_size, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(octets(ciphertext.data()),
                                             nullptr,
                                             octets(plaintext.expose()),
                                             plaintext.size(),
                                             octets(text),
                                             text.size(),
                                             nullptr,
                                             octets(nonce),
                                             octets(key.bytes.expose()));
  return text + '\n' + encoded(ciphertext) + '\n';
}

}  // namespace goflow::credentials
