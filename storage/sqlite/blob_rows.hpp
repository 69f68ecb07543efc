// Blobs and references to them, as rows of the history.
#pragma once

#include "core/base/error.hpp"
#include "core/claimcheck/blob_record.hpp"
#include "storage/sqlite/query.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace goflow::storage {

/// "SELECT … FROM blobs b" for read_blob(), to be followed by `rest`. With `more` columns, which
/// begin with a comma.
std::string select_blob(std::string_view rest, std::string_view more = "");
/// nullopt, when the columns are read all the same: another program has written it, or a newer one.
std::optional<core::BlobRecord> read_blob(Query& row);

std::optional<core::BlobRecord> find_blob(Database& database, const core::BlobKey& key);

/// Why a blob cannot be used that is not present, or has no record at all.
core::Error blob_gone(const core::BlobKey& key, const std::optional<core::BlobRecord>& record);

}  // namespace goflow::storage
