#include "credentials/encrypted_file/file_keys.hpp"

#include "core/base/utf8.hpp"
#include "credentials/encrypted_file/private_file.hpp"
#include "credentials/encrypted_file/sodium.hpp"

namespace goflow::credentials {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::Secret;

constexpr std::size_t shortest_passphrase = 12;

std::string_view without_line_ending(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

Result<EnvelopeKey> read_key_file(const std::string& path) {
  GOFLOW_TRY(const auto text, read_private_file(path));
  if (!text) {
    return Error{ErrorCode::credential, "no key file '" + path + "'"}.with_hint(
        "set GOFLOW_KEYRING_KEY_FILE to where it is; a new one has 64 hex digits: "
        "(umask 077; openssl rand -hex 32 > '" +
        path + "')");
  }
  auto key = decoded_key(without_line_ending(text->expose()));
  if (key) return EnvelopeKey{*std::move(key), std::nullopt};
  return Error{ErrorCode::credential, "'" + path + "' is no key file: it needs 64 hex digits"}
      .with_hint("set GOFLOW_KEYRING_KEY_FILE to the file that was used before");
}

}  // namespace

bool FileKeys::must_ask(const Envelope& envelope) const {
  return envelope.derivation && !passphrase_ && !options_.passphrase_file;
}

Result<const EnvelopeKey*> FileKeys::key_for(const Envelope& envelope) {
  if (envelope.derivation) return key_of_passphrase(*envelope.derivation, PassphraseUse::open);
  return key_of_file();
}

void FileKeys::forget() {
  passphrase_.reset();
  key_.reset();
}

Result<const EnvelopeKey*> FileKeys::next_key(const Envelope* so_far) {
  if (so_far != nullptr && !so_far->derivation) return key_of_file();
  if (so_far != nullptr) {
    return key_of_passphrase(new_derivation(so_far->derivation), PassphraseUse::open);
  }
  if (options_.key_file) return key_of_file();
  return key_of_passphrase(new_derivation(), PassphraseUse::choose);
}

Result<const EnvelopeKey*> FileKeys::key_of_file() {
  if (!options_.key_file) {
    return Error{ErrorCode::credential, "the file with the credentials is opened by a key file"}
        .with_hint("say where it is: export GOFLOW_KEYRING_KEY_FILE=PATH");
  }
  if (!key_ || key_->derivation) {
    GOFLOW_TRY(key_, read_key_file(*options_.key_file));
  }
  return &*key_;
}

Result<const EnvelopeKey*> FileKeys::key_of_passphrase(const KeyDerivation& derivation,
                                                       PassphraseUse use) {
  if (key_ && key_->derivation == derivation) return &*key_;
  GOFLOW_TRY(const Secret* words, passphrase(use));
  GOFLOW_TRY(key_, derive_key(*words, derivation));
  return &*key_;
}

Result<const Secret*> FileKeys::passphrase(PassphraseUse use) {
  if (!passphrase_) {
    GOFLOW_TRY(Secret given, get_passphrase(use));
    if (use == PassphraseUse::choose) {
      GOFLOW_TRY(check_new_passphrase(given));
    }
    passphrase_ = std::move(given);
  }
  return &*passphrase_;
}

Result<Secret> FileKeys::get_passphrase(PassphraseUse use) const {
  if (options_.passphrase_file) return read_passphrase_file(*options_.passphrase_file);
  if (options_.ask_passphrase) return options_.ask_passphrase(use);
  return Error{ErrorCode::credential,
               "the file with the credentials needs a passphrase, and there is nobody to ask"}
      .with_hint("put it into a file, with mode 0600: export GOFLOW_KEYRING_PASSPHRASE_FILE=PATH");
}

Result<void> check_new_passphrase(const Secret& passphrase) {
  if (core::utf8::length(passphrase.expose()) >= shortest_passphrase) return {};
  return Error{ErrorCode::invalid_argument, "the passphrase has fewer than 12 characters"}
      .with_hint("take some words that have nothing to do with each other");
}

Result<Secret> read_passphrase_file(const std::string& path) {
  GOFLOW_TRY(const auto text, read_private_file(path));
  const std::string_view words = text ? without_line_ending(text->expose()) : std::string_view();
  if (!words.empty()) return Secret::copy_of(words);
  return Error{
      ErrorCode::credential,
      text ? "the passphrase file '" + path + "' is empty" : "no passphrase file '" + path + "'"}
      .with_hint("write the passphrase into it: (umask 077; cat > '" + path + "')");
}

Result<void> create_key_file(const std::string& path) {
  core::SecretBuffer line;
  line.append(random_key_digits().expose());
  line.append('\n');
  return create_private_file(path, line.expose());
}

}  // namespace goflow::credentials
