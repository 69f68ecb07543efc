// Credentials in a file of their own, encrypted: for machines without a keyring.
#pragma once

#include "core/secret/credential_store.hpp"
#include "credentials/encrypted_file/file_keys.hpp"

#include <memory>
#include <string>

namespace goflow::credentials {

struct EncryptedFileOptions {
  /// The folder of credentials.enc and its lock.
  std::string home;
  FileKeyOptions keys = {};
};

/// Opens nothing yet. Each call reads the file anew, since other processes change it too; each
/// change replaces it as a whole, and a crash leaves the old one or the new one.
std::unique_ptr<core::CredentialStore> open_encrypted_file(
    EncryptedFileOptions options, const core::CredentialNamespace& credential_namespace);

}  // namespace goflow::credentials
