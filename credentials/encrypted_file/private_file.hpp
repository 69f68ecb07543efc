// Files that nobody but the user may look into.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace goflow::credentials {

/// nullopt: there is none. credential: it is no regular file, is somebody else's, or others may
/// read or write it; the hint says what to type.
core::Result<std::optional<core::Secret>> read_private_file(const std::string& path);

/// Whole or not at all, after a crash too. What a link points to is replaced, not the link.
core::Result<void> write_private_file(const std::string& path, std::string_view bytes);

/// The same for one that must not be there yet.
core::Result<void> create_private_file(const std::string& path, std::string_view bytes);

}  // namespace goflow::credentials
