// A blob as programs see it.
#pragma once

#include "core/claimcheck/blob_index.hpp"
#include "core/value/value.hpp"

namespace goflow::cli {

/// Its record; who refers to it is for the caller to add.
core::Object blob_document(const core::BlobRecord& blob);
core::Object reference_document(const core::BlobReference& reference);

}  // namespace goflow::cli
