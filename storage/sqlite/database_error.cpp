#include "storage/sqlite/database_error.hpp"

#include <sqlite3.h>

#include <sys/statvfs.h>

#include <filesystem>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;

constexpr int primary(int code) {
  return code & 0xff;
}

Error unavailable(std::string message, std::string hint) {
  return Error{ErrorCode::unavailable, std::move(message)}.with_hint(std::move(hint));
}

Error damaged(const std::string& quoted) {
  return unavailable(
      "the history " + quoted + " is damaged, or is no database",
      "nothing was changed; salvage it with sqlite3's .recover, or put the newest .bak file beside "
      "it in its place, or start afresh: mv " +
          quoted + " " + quoted + ".damaged");
}

Error full(const std::string& quoted) {
  return unavailable("no space left for the history " + quoted, "free some space and try again");
}

/// SQLite calls it an I/O error when there is no room for the files beside the database.
bool is_disk_full(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  struct statvfs disk {};
  return statvfs(folder.empty() ? "." : folder.c_str(), &disk) == 0 && disk.f_bavail == 0;
}

}  // namespace

bool is_busy(int code) {
  switch (primary(code)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:  // lost too many races for the lock of the log
      return true;
    default:
      return false;
  }
}

Error database_error(int code, std::string_view detail, const std::string& path) {
  const std::string quoted = "'" + path + "'";
  if (is_busy(code)) {
    return unavailable(
        "the history " + quoted + " has been in use by others for more than a minute",
        "see who uses it: fuser -v " + quoted);
  }
  switch (primary(code)) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return damaged(quoted);
    case SQLITE_FULL:
      return full(quoted);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      if (primary(code) == SQLITE_IOERR && is_disk_full(path)) return full(quoted);
      return unavailable("cannot use the history " + quoted + ": " + std::string(detail),
                         "check the disk and who may write there: ls -ld " + quoted);
    default:
      return Error{ErrorCode::internal, "history " + quoted + ": " + std::string(detail)};
  }
}

}  // namespace goflow::storage
