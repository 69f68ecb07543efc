#include "cli/commands/blobs/collection.hpp"

#include "cli/context.hpp"
#include "storage/blobs/filesystem_store.hpp"
#include "storage/blobs/store_location.hpp"

#include <variant>

namespace goflow::cli {
namespace {

using core::Result;

/// Others may own objects in a bucket without a prefix.
bool is_shared(const storage::StoreLocation& location) {
  const auto* bucket = std::get_if<storage::S3Location>(&location);
  return bucket != nullptr && bucket->prefix.empty();
}

}  // namespace

Result<core::GarbageCollection> blob_collection(Context& context) {
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index());
  GOFLOW_TRY(core::BlobStorage * blobs, context.blob_storage());
  GOFLOW_TRY(const std::string home, context.home());
  GOFLOW_TRY(const auto location, storage::parse_location(blobs->location(), home));
  core::GcPlaces places;
  places.open = [blobs](const std::string& store) { return blobs->store_at(store); };
  places.locations.push_back({.store = blobs->location(), .is_shared = is_shared(location)});
  if (const auto* folder = std::get_if<storage::FilesystemLocation>(&location)) {
    places.leftovers.emplace_back([base = folder->base](core::Timestamp before) {
      return storage::FilesystemStore(base).remove_unfinished(before);
    });
  }
  return core::GarbageCollection(*index, std::move(places), context.clock());
}

}  // namespace goflow::cli
