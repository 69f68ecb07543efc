// The register of all blobs, in the database of the history.
#pragma once

#include "core/base/clock.hpp"
#include "core/claimcheck/blob_index.hpp"
#include "storage/sqlite/migrations.hpp"

#include <memory>
#include <string>

namespace goflow::storage {

/// Makes or upgrades the database as open_history() does; over a connection of its own.
core::Result<std::unique_ptr<core::BlobIndex>> open_blob_index(
    const std::string& path,
    const core::Clock& clock,
    const HistoryNotice& notice = [](const std::string&) {});

}  // namespace goflow::storage
