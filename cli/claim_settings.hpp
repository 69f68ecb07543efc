// What the settings say about large values.
#pragma once

#include "cli/context.hpp"
#include "core/claimcheck/claim_check.hpp"
#include "storage/blobs/open_store.hpp"

namespace goflow::cli {

core::Result<core::ClaimCheckSettings> claim_check_settings(Context& context);

/// Where new blobs go.
core::Result<storage::StoreLocation> blob_location(Context& context);

/// What a service wants to see; the same for whichever of its locations.
struct StoreKeys {
  core::Secret access_key_id;
  core::Secret secret_access_key;
};
/// credential: they are nowhere.
core::Result<StoreKeys> store_keys(Context& context);

/// All that a store at this location needs beside it and its keys.
core::Result<storage::StoreOptions> store_options(const storage::StoreLocation& location,
                                                  Context& context);

}  // namespace goflow::cli
