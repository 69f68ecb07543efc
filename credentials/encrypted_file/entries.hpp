// What the encrypted file hides: the entries of all services, as JSON.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/secret/secret.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::credentials {

struct FileEntry {
  std::string service;
  std::string account;
  core::Secret value;
  std::optional<core::Timestamp> modified_at;
};

/// nullopt: the text is none of ours.
std::optional<std::vector<FileEntry>> read_entries(const core::Secret& text);

core::Secret write_entries(const std::vector<FileEntry>& entries);

}  // namespace goflow::credentials
