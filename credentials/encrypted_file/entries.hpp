// What the encrypted file hides: the entries of all services, as JSON.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/secret/secret.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::credentials {

struct FileEntry {
  std::string service;
  std::string account;
  std::optional<core::Timestamp> modified_at;
  /// The value in base64, within the texts of the FileEntries that it belongs to.
  std::string_view encoded;
};

/// Values stay in the text that was decrypted until one is asked for.
class FileEntries {
 public:
  FileEntries() = default;
  /// nullopt: the text is none of ours.
  static std::optional<FileEntries> read(core::Secret text);
  [[nodiscard]] core::Secret write() const;

  [[nodiscard]] auto begin() const { return entries_.begin(); }
  [[nodiscard]] auto end() const { return entries_.end(); }
  /// nullptr: there is none.
  [[nodiscard]] const FileEntry* find(std::string_view service, std::string_view account) const;
  /// nullopt: it is not what goflow wrote.
  static std::optional<core::Secret> value_of(const FileEntry& entry);

  /// Adds or replaces.
  void set(const std::string& service,
           const std::string& account,
           const core::Secret& value,
           core::Timestamp now);
  /// false: there was none.
  bool remove(std::string_view service, std::string_view account);

 private:
  std::vector<core::Secret> texts_;
  std::vector<FileEntry> entries_;
};

}  // namespace goflow::credentials
