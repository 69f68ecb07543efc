// Blobs and references for tests of the register of blobs.
#pragma once

#include "core/claimcheck/blob_index.hpp"

#include <string>

namespace goflow::test {

inline const std::string blob_store = "filesystem:@home/blobs";

/// Of a payload, which is its text.
inline core::BlobDraft a_draft(const std::string& payload,
                               core::BlobOrigin origin = core::BlobOrigin::run) {
  const core::Sha256Digest hash = core::sha256(payload);
  return {.key = core::BlobKey::of_content(hash),
          .sha256 = core::to_hex(hash),
          .size_bytes = payload.size(),
          .store = blob_store,
          .origin = origin};
}

/// As far as its bytes lie in the store.
inline core::Result<core::BlobKey> store_blob(core::BlobIndex& index,
                                              const core::BlobDraft& draft,
                                              core::Timestamp now) {
  GOFLOW_TRY(const core::BlobRecord record, index.begin_put(draft, now));
  GOFLOW_TRY(index.note_stored(record.key, draft.size_bytes, core::Codec::none, now));
  return record.key;
}

/// From the inputs of a run.
inline core::BlobReference a_reference(const core::BlobKey& key,
                                       const std::string& run,
                                       const std::string& input = "x") {
  return {.execution_id = run,
          .slot = {.owner_kind = "execution", .owner_id = run, .name = "inputs/" + input},
          .key = key};
}

}  // namespace goflow::test
