// Which blob is meant: its whole key, or a unique beginning or ending of it.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/blob_index.hpp"

#include <optional>
#include <string>

namespace goflow::cli {

inline constexpr const char* blob_argument_help = "key, or a unique beginning or ending of it";

/// nullopt: there is none. invalid_argument: several, and which, or nothing was written.
core::Result<std::optional<core::BlobRecord>> find_blob_if_any(const std::string& written,
                                                               core::BlobIndex* index);

/// not_found as well. `index` is nullptr where nothing was ever stored.
core::Result<core::BlobRecord> find_blob(const std::string& written, core::BlobIndex* index);

}  // namespace goflow::cli
