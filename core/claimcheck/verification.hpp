// Whether blobs are still what was stored, read a piece at a time.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/blob_record.hpp"
#include "core/claimcheck/object_store.hpp"

namespace goflow::core {

enum class BlobCondition { intact, corrupt, missing };

/// Of a blob that is present. An Error: the store could not answer.
Result<BlobCondition> condition_of(const BlobRecord& blob, ObjectStore& store);

}  // namespace goflow::core
