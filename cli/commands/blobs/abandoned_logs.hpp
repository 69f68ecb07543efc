// Files in which logs grew, and that nobody needs any more.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

#include <cstdint>
#include <string>

namespace goflow::cli {

/// Removes those in `folder` that nobody has written to since and that no record names; how many.
core::Result<std::int64_t> remove_abandoned_logs(const std::string& folder,
                                                 core::ExecutionStore& store,
                                                 core::Timestamp before);

}  // namespace goflow::cli
