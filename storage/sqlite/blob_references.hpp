// Who refers to a blob, written in the transaction of the record that does.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/blob_record.hpp"
#include "storage/sqlite/database.hpp"

#include <vector>

namespace goflow::storage {

/// Within the `work` of a write(). Makes blobs present whose bytes lie in the store. not_found, and
/// nothing of the transaction must stay, when one of them is not there (any more). A slot refers to
/// one blob: what it referred to before is forgotten. A run that refers to a blob already may do so
/// in other slots, too, though it expired: naming a value is not reading it.
core::Result<void> write_references(Database& database,
                                    const std::vector<core::BlobReference>& references);

}  // namespace goflow::storage
