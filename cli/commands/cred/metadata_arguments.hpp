// What a user says of a credential beside its value.
#pragma once

#include "cli/command/command.hpp"
#include "core/base/result.hpp"
#include "core/secret/credential_metadata.hpp"
#include "core/secret/structured.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {

struct MetadataArguments {
  bool structured = false;
  std::optional<std::string> public_fields = std::nullopt;
  std::optional<std::string> kind = std::nullopt;
  std::optional<std::string> expires = std::nullopt;
  std::optional<std::string> description = std::nullopt;
  std::vector<std::string> labels = {};
};

void declare_metadata(Command& command, MetadataArguments& arguments);

/// invalid_argument: something of it makes no sense; found before anybody is asked for the value.
core::Result<void> check_metadata(const MetadataArguments& arguments, core::Timestamp now);

/// Of `--public a,b`.
std::vector<std::string> public_fields_of(const MetadataArguments& arguments);

/// invalid_argument: the value has no such field.
core::Result<void> check_public_fields(const MetadataArguments& arguments,
                                       const std::vector<core::SecretField>& fields);

/// What is known from now on. Description and labels belong to the key and stay unless others are
/// given; the expiry belongs to the value and goes with it.
core::Result<core::CredentialMetadata> metadata_after_set(
    const MetadataArguments& arguments,
    const std::optional<core::CredentialMetadata>& before,
    core::Timestamp now);

}  // namespace goflow::cli
