// Carries credentials to another machine, in a file that only a passphrase opens.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/secret.hpp"
#include "credentials/encrypted_file/envelope.hpp"
#include "credentials/export_file/bundle.hpp"

#include <string>
#include <vector>

namespace goflow::credentials {

/// Replaces what is there, whole or not at all, and for nobody but the user. invalid_argument: the
/// passphrase has fewer than 12 characters.
core::Result<void> write_export_file(const std::string& path,
                                     const std::vector<ExportedCredential>& credentials,
                                     const core::Secret& passphrase);

/// One that was read and is not open yet.
class ExportFile {
 public:
  /// All that can be told without the passphrase. not_found: there is no file. credential: it is no
  /// export file, one of a newer goflow, damaged, or open to others.
  static core::Result<ExportFile> read(const std::string& path);

  /// All of it, checked, or nothing. credential: the passphrase is wrong, or the file is damaged.
  [[nodiscard]] core::Result<std::vector<ExportedCredential>> open(
      const core::Secret& passphrase) const;

 private:
  ExportFile(std::string path, Envelope envelope)
      : path_(std::move(path)), envelope_(std::move(envelope)) {}
  [[nodiscard]] core::Error in_file(core::Error error) const {
    return std::move(error).with_context("'" + path_ + "'");
  }
  [[nodiscard]] core::Error damaged(const char* what) const;

  std::string path_;
  Envelope envelope_;
};

}  // namespace goflow::credentials
