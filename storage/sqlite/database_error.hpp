// What SQLite's result codes mean to the person in front of the screen.
#pragma once

#include "core/base/error.hpp"

#include <string>
#include <string_view>

namespace goflow::storage {

/// `code` is an extended result code, `detail` SQLite's own words.
core::Error database_error(int code, std::string_view detail, const std::string& path);

/// Somebody else holds a lock; the same again may succeed.
bool is_busy(int code);

}  // namespace goflow::storage
