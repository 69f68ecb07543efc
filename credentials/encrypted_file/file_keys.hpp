// What opens the encrypted file: a passphrase, or a file with a key.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/secret.hpp"
#include "credentials/encrypted_file/envelope.hpp"

#include <functional>
#include <optional>
#include <string>

namespace goflow::credentials {

enum class PassphraseUse {
  open,
  choose,  // of a file that is yet to be made: asked twice
};

/// Asks the person at the terminal, without echo.
using AskPassphrase = std::function<core::Result<core::Secret>(PassphraseUse use)>;

struct FileKeyOptions {
  std::optional<std::string> passphrase_file = std::nullopt;
  std::optional<std::string> key_file = std::nullopt;
  /// None: there is nobody to be asked.
  AskPassphrase ask_passphrase = {};
};

/// Remembers what it was given, so that nobody is asked twice. Not thread safe.
class FileKeys {
 public:
  explicit FileKeys(FileKeyOptions options) : options_(std::move(options)) {}

  /// Whether key_for() needs a person.
  [[nodiscard]] bool must_ask(const Envelope& envelope) const;
  /// The key of a file that is there. credential: nobody gives it.
  core::Result<const EnvelopeKey*> key_for(const Envelope& envelope);
  /// The last key was wrong: whoever gave the passphrase is to be asked again.
  void forget();
  /// The key for the next write: with a new salt, and of the same way as `so_far`, if there is one.
  core::Result<const EnvelopeKey*> next_key(const Envelope* so_far);

 private:
  core::Result<const EnvelopeKey*> key_of_file();
  core::Result<const EnvelopeKey*> key_of_passphrase(const KeyDerivation& derivation,
                                                     PassphraseUse use);
  core::Result<const core::Secret*> passphrase(PassphraseUse use);
  core::Result<core::Secret> get_passphrase(PassphraseUse use) const;

  FileKeyOptions options_;
  std::optional<core::Secret> passphrase_;
  std::optional<EnvelopeKey> key_;
};

/// A passphrase that is to protect a file. invalid_argument: it has fewer than 12 characters.
core::Result<void> check_new_passphrase(const core::Secret& passphrase);

/// Of GOFLOW_KEYRING_PASSPHRASE_FILE or --passphrase-file: one line ending is dropped.
core::Result<core::Secret> read_passphrase_file(const std::string& path);

/// A new key at random. credential: there is a file already, or it cannot be written.
core::Result<void> create_key_file(const std::string& path);

}  // namespace goflow::credentials
