// Reads what is secret into memory that is wiped.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/wiped_bytes.hpp"

#include <cstddef>

namespace goflow::cli {

/// What is left of a file or a pipe. Of more than `limit` bytes one more than that, so that the
/// caller can tell. The Error is the system's own and names no file.
core::Result<core::WipedBytes> read_secret_bytes(int descriptor, std::size_t limit);

}  // namespace goflow::cli
