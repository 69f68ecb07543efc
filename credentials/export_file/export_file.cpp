#include "credentials/export_file/export_file.hpp"

#include "credentials/encrypted_file/file_keys.hpp"
#include "credentials/encrypted_file/private_file.hpp"

namespace goflow::credentials {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::Secret;

Result<void> write_export_file(const std::string& path,
                               const std::vector<ExportedCredential>& credentials,
                               const Secret& passphrase) {
  GOFLOW_TRY(check_new_passphrase(passphrase));
  const Secret text = write_bundle(credentials);
  // What cannot be read again must not pass for a copy.
  if (!read_bundle(text)) {
    return Error{ErrorCode::credential,
                 "what is known of one of the credentials is damaged, and cannot be written"}
        .with_hint("see which one: goflow cred list --json");
  }
  GOFLOW_TRY(const EnvelopeKey key, derive_key(passphrase, new_derivation()));
  return write_private_file(path, seal_envelope(EnvelopeKind::exported, text, key));
}

Result<ExportFile> ExportFile::read(const std::string& path) {
  GOFLOW_TRY(const auto text, read_private_file(path));
  if (!text) {
    return Error{ErrorCode::not_found, "no file '" + path + "'"}.with_hint(
        "make one: goflow cred export '" + path + "'");
  }
  auto envelope = parse_envelope(EnvelopeKind::exported, text->expose());
  if (!envelope) return std::move(envelope).error().with_context("'" + path + "'");
  ExportFile file(path, *std::move(envelope));
  if (file.envelope_.derivation) return file;
  return file.damaged("it is not opened by a passphrase");
}

Result<std::vector<ExportedCredential>> ExportFile::open(const Secret& passphrase) const {
  GOFLOW_TRY(const EnvelopeKey key, derive_key(passphrase, *envelope_.derivation));
  const auto text = open_envelope(envelope_, key);
  if (!text) return in_file(text.error());
  auto credentials = read_bundle(*text);
  if (credentials) return *std::move(credentials);
  return damaged("what it hides is not what goflow wrote");
}

Error ExportFile::damaged(const char* what) const {
  return in_file(Error{ErrorCode::credential, what}.with_hint(
      "make it anew, where the credentials are: goflow cred export '" + path_ + "'"));
}

}  // namespace goflow::credentials
