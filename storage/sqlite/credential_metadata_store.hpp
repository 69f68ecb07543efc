// What is known of credentials, in the database of the history. Their values never go there.
#pragma once

#include "core/base/clock.hpp"
#include "core/secret/credential_metadata.hpp"
#include "storage/sqlite/migrations.hpp"

#include <memory>
#include <string>

namespace goflow::storage {

/// Makes or upgrades the database as open_history() does; over a connection of its own.
core::Result<std::unique_ptr<core::CredentialMetadataStore>> open_credential_metadata(
    const std::string& path,
    const core::Clock& clock,
    const HistoryNotice& notice = [](const std::string&) {});

/// For reading only, where nothing can be written; see open_unwritable_history().
core::Result<std::unique_ptr<core::CredentialMetadataStore>> open_unwritable_credential_metadata(
    const std::string& path);

}  // namespace goflow::storage
