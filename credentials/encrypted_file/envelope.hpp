// The two lines of an encrypted file: what it is, and what it hides. Shared by the file that keeps
// credentials and by those that carry them elsewhere.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace goflow::credentials {

enum class EnvelopeKind { keyring, exported };

/// How a passphrase becomes a key, by Argon2id.
struct KeyDerivation {
  std::string salt;
  int memory_kib = 65'536;
  int iterations = 3;

  friend bool operator==(const KeyDerivation&, const KeyDerivation&) = default;
};

/// With a salt of its own, and no weaker than what was used so far.
KeyDerivation new_derivation(const std::optional<KeyDerivation>& so_far = std::nullopt);

struct EnvelopeKey {
  core::Secret bytes;
  /// nullopt: they are those of a key file.
  std::optional<KeyDerivation> derivation;
};

inline constexpr std::size_t envelope_key_size = 32;

/// Takes tenths of a second, and all the memory that the derivation names.
core::Result<EnvelopeKey> derive_key(const core::Secret& passphrase, KeyDerivation derivation);

/// A file as it was read; nothing of it is secret.
struct Envelope {
  std::string header;
  std::optional<KeyDerivation> derivation;  // nullopt: a key file opens it
  std::string nonce;
  std::string ciphertext;
};

/// credential: it is no such file, or newer than this goflow, or asks for too much work.
core::Result<Envelope> parse_envelope(EnvelopeKind kind, std::string_view text);

/// credential: "wrong passphrase, or the file is damaged"; they cannot be told apart.
core::Result<core::Secret> open_envelope(const Envelope& envelope, const EnvelopeKey& key);

std::string seal_envelope(EnvelopeKind kind, const core::Secret& plaintext, const EnvelopeKey& key);

}  // namespace goflow::credentials
