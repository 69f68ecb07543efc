#include "storage/files/file_failure.hpp"

#include <cerrno>
#include <filesystem>

namespace goflow::storage {

core::Error file_failure(std::string_view what, const std::string& path, int error_number) {
  core::Error error{core::ErrorCode::unavailable,
                    std::string(what) + " '" + path + "': " + core::errno_text(error_number)};
  const bool refused = error_number == EACCES || error_number == EROFS || error_number == EPERM;
  if (refused) error.hint = "check who may write there: ls -ld '" + path + "'";
  if (error_number == ENOSPC || error_number == EDQUOT) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    error.hint = "free some space there and try again: df -h '" + folder + "'";
  }
  return error;
}

}  // namespace goflow::storage
