// Values that are larger than an entry of the Credential Manager may be.
#pragma once

#include "core/secret/credential_key.hpp"
#include "core/secret/secret.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::credentials {

/// What one entry holds.
inline constexpr std::size_t largest_entry = 2'560;

/// What stands in the main entry of a value that was split.
struct PartsHeader {
  std::size_t count = 0;
  std::size_t size = 0;
  std::string sha256;

  friend bool operator==(const PartsHeader&, const PartsHeader&) = default;
};

/// "__goflow_part__:<key>:<n>"
std::string part_name(const core::CredentialKey& key, std::size_t number);

/// In pieces of at most `largest_entry`, which are views of the value.
std::vector<std::string_view> split(const core::Secret& value);

PartsHeader header_of(const core::Secret& value);
std::string to_entry(const PartsHeader& header);
/// nullopt: the entry is a value, not a header.
std::optional<PartsHeader> parse_header(std::string_view entry);

/// nullopt: the parts are not what the header says. Never a shorter value.
std::optional<core::Secret> join(const PartsHeader& header, const std::vector<core::Secret>& parts);

}  // namespace goflow::credentials
