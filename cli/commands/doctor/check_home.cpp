// goflow doctor: the home directory, who may read it, and the room that is left.
#include "cli/commands/doctor/check.hpp"
#include "cli/io/times.hpp"

#include <fmt/format.h>

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace goflow::cli {
namespace {

constexpr std::int64_t hardly_any_room = 10'000'000;
constexpr std::int64_t little_room = 500'000'000;

/// What others may do there.
constexpr mode_t of_others = 0077;

std::int64_t free_bytes(const std::string& path) {
  struct statvfs system {};
  if (statvfs(path.c_str(), &system) != 0) return 0;
  return static_cast<std::int64_t>(system.f_bavail * system.f_frsize);
}

Finding look_at(const std::string& home, const struct stat& status) {
  const std::int64_t room = free_bytes(home);
  const std::string what =
      fmt::format("{}, {:04o}, {} free", home, status.st_mode & 07777U, format_size(room));
  if (!S_ISDIR(status.st_mode)) {
    return {Health::fault, "'" + home + "' is not a folder", "choose another home: --home DIR"};
  }
  if (access(home.c_str(), R_OK | W_OK | X_OK) != 0) {
    return {Health::fault, what + "; you may not write there", "chmod 700 '" + home + "'"};
  }
  if (room < hardly_any_room) return {Health::fault, what, "free some space: df -h '" + home + "'"};
  if ((status.st_mode & of_others) != 0) {
    return {Health::warning, what + "; others may look into it", "chmod 700 '" + home + "'"};
  }
  if (room < little_room) return {Health::warning, what, "free some space: df -h '" + home + "'"};
  return {Health::ok, what};
}

/// The first command that writes something makes it.
Finding look_at_place(const std::string& home) {
  std::filesystem::path above = std::filesystem::path(home).parent_path();
  std::error_code ignored;
  while (above.has_relative_path() && !std::filesystem::exists(above, ignored)) {
    above = above.parent_path();
  }
  const std::string what = home + ", not made yet";
  if (access(above.c_str(), W_OK | X_OK) == 0) return {Health::ok, what};
  return {Health::fault,
          what + "; you may not write in '" + above.string() + "'",
          "choose another home: --home DIR, or set GOFLOW_HOME"};
}

}  // namespace

Finding check_home(Context& context) {
  const auto home = context.home();
  if (!home) return fault_of(home.error());
  struct stat status {};
  if (stat(home->c_str(), &status) == 0) return look_at(*home, status);
  if (errno == ENOENT) return look_at_place(*home);
  return {Health::fault,
          "cannot look at '" + *home + "': " + core::errno_text(errno),
          "choose another home: --home DIR, or set GOFLOW_HOME"};
}

}  // namespace goflow::cli
