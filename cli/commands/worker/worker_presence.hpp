// Whether a worker lives in this home: each holds a lock as long as it does.
#pragma once

#include "core/base/descriptor.hpp"
#include "core/base/result.hpp"

#include <string>

namespace goflow::cli {

/// Until the file is closed, be it by the end of the process.
core::Result<core::Descriptor> announce_worker(const std::string& home);

/// Leaves no trace.
bool has_worker(const std::string& home);

}  // namespace goflow::cli
