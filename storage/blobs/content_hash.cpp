#include "storage/blobs/content_hash.hpp"

#include <array>

namespace goflow::storage {

using core::BlobKey;
using core::Error;
using core::Result;

Result<core::Sha256Digest> hash_of(core::ByteSource& body) {
  GOFLOW_TRY(body.rewind());
  core::Sha256 hash;
  std::uint64_t size = 0;
  std::array<char, 64UL * 1024> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  while (true) {
    GOFLOW_TRY(const std::size_t count, body.read(piece));
    if (count == 0) break;
    hash.update({piece.data(), count});
    size += count;
  }
  if (size != body.size()) return length_mismatch(size, body.size());
  return hash.finish();
}

Result<BlobKey> key_for(core::ByteSource& body, const core::PutInfo& info) {
  if (info.key) return *info.key;
  GOFLOW_TRY(const core::Sha256Digest hash, hash_of(body));
  return BlobKey::of_content(hash);
}

Error length_mismatch(std::uint64_t read, std::uint64_t promised) {
  return Error{core::ErrorCode::failed_precondition,
               "what was to be stored has " + std::to_string(read) + " bytes instead of " +
                   std::to_string(promised)};
}

}  // namespace goflow::storage
