// How blobs that nobody needs are found, marked and forgotten.
#pragma once

#include "core/claimcheck/blob_index.hpp"
#include "storage/sqlite/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::storage {

// As core::BlobIndex says, within the `work` of a read() or write().

core::GcSurvey survey_blobs(Database& database, const core::GcRules& rules, core::Timestamp now);
std::vector<core::MarkedBlob> mark_blobs(Database& database,
                                         const std::vector<core::BlobKey>& keys,
                                         const core::GcRules& rules,
                                         core::Timestamp now);
std::optional<core::MarkedBlob> mark_blob(Database& database,
                                          const core::BlobKey& key,
                                          bool force,
                                          core::Timestamp now);
std::vector<core::BlobKey> keys_without_record(Database& database,
                                               const std::vector<core::BlobKey>& keys);
std::vector<core::BlobKey> mark_orphans(Database& database,
                                        const std::vector<core::BlobKey>& keys,
                                        const std::string& store,
                                        core::Timestamp now);
void settle_blobs(Database& database, const std::vector<core::BlobKey>& keys);

}  // namespace goflow::storage
