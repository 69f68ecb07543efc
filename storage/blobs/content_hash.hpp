// The hash of a body that is about to be stored.
#pragma once

#include "core/base/sha256.hpp"
#include "core/claimcheck/byte_stream.hpp"
#include "core/claimcheck/object_store.hpp"

namespace goflow::storage {

/// Reads all of it, from the front. An Error when it is not as long as it said.
core::Result<core::Sha256Digest> hash_of(core::ByteSource& body);

/// What the body is to be called: as `info` says, or after its content.
core::Result<core::BlobKey> key_for(core::ByteSource& body, const core::PutInfo& info);

/// For a body that ended elsewhere than it said.
core::Error length_mismatch(std::uint64_t read, std::uint64_t promised);

}  // namespace goflow::storage
