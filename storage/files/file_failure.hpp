// What to tell of a file that could not be written, read or removed.
#pragma once

#include "core/base/error.hpp"

#include <string>
#include <string_view>

namespace goflow::storage {

/// "cannot write '/home/ann/x': no space left on device", and what may help.
core::Error file_failure(std::string_view what, const std::string& path, int error_number);

}  // namespace goflow::storage
