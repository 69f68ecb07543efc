// Whole files, read into memory.
#pragma once

#include "core/base/result.hpp"

#include <sys/stat.h>

#include <optional>
#include <string>

namespace goflow::storage {

/// A file that a person named, be it a pipe. not_found when there is none; the message names the
/// path.
core::Result<std::string> read_file(const std::string& path);

/// A folder that is open, to find the files in it faster than by their whole paths.
struct OpenFolder {
  int descriptor = -1;
  const std::string& path;
};

// Where nothing but files is meant to be, what would wait, as a pipe, is refused. `status` is set
// when the file could be opened, to what it was before it was read.

core::Result<std::string> read_stored_file(const std::string& path,
                                           std::optional<struct stat>& status);
core::Result<std::string> read_file_in(OpenFolder folder,
                                       const std::string& name,
                                       std::optional<struct stat>& status);

}  // namespace goflow::storage
