// Files that appear whole or not at all.
#pragma once

#include "core/base/result.hpp"

#include <sys/types.h>

#include <functional>
#include <string>
#include <string_view>

namespace goflow::storage {

/// Temporary file beside `path`, fsync, rename, fsync of the folder. When anything fails the old
/// file stays as it was and no temporary file is left. `before_rename` is called when the new text
/// is durable and the old one still there.
core::Result<void> write_file_atomic(const std::string& path,
                                     std::string_view bytes,
                                     mode_t mode,
                                     const std::function<void()>& before_rename = {});

/// For a place that a person named. A plain file is replaced as above, behind a link too, and keeps
/// its mode; into anything else (a pipe, a device) the bytes are written.
core::Result<void> write_output_file(const std::string& path, std::string_view bytes);

/// The same, piece by piece, for what is too long for memory: `produce` hands the pieces on. When
/// it returns an Error the old file stays as it was.
using Sink = std::function<core::Result<void>(std::string_view bytes)>;
using Produce = std::function<core::Result<void>(const Sink& sink)>;
core::Result<void> write_output_file(const std::string& path, const Produce& produce);

/// The same without fsync: whole for every reader, but after a crash of the machine perhaps
/// damaged.
core::Result<void> replace_file(const std::string& path, std::string_view bytes, mode_t mode);

}  // namespace goflow::storage
