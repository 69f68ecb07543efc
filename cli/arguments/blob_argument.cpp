#include "cli/arguments/blob_argument.hpp"

namespace goflow::cli {

using core::BlobKey;
using core::BlobRecord;
using core::Error;
using core::ErrorCode;
using core::Result;

Result<std::optional<BlobRecord>> find_blob_if_any(const std::string& written,
                                                   core::BlobIndex* index) {
  if (written.empty()) {
    return Error{ErrorCode::invalid_argument, "the key of a blob must not be empty"};
  }
  if (index == nullptr) return std::optional<BlobRecord>();
  if (const auto key = BlobKey::parse(written)) return index->find(*key);
  constexpr int most_candidates = 5;
  GOFLOW_TRY(const auto keys, index->matching_keys(written, most_candidates));
  if (keys.empty()) return std::optional<BlobRecord>();
  if (keys.size() > 1) {
    std::string candidates = "write more of it:";
    for (const std::string& key : keys) {
      candidates += " " + key;
    }
    return Error{ErrorCode::invalid_argument, "'" + written + "' could be several blobs"}.with_hint(
        candidates);
  }
  const auto key = BlobKey::parse(keys.front());
  if (!key) return std::optional<BlobRecord>();
  return index->find(*key);
}

Result<BlobRecord> find_blob(const std::string& written, core::BlobIndex* index) {
  GOFLOW_TRY(auto found, find_blob_if_any(written, index));
  if (found) return *std::move(found);
  return Error{ErrorCode::not_found, "no blob '" + written + "'"}.with_hint(
      "see which there are: goflow blobs list");
}

}  // namespace goflow::cli
