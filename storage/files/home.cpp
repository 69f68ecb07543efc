#include "storage/files/home.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr mode_t private_folder = 0700;

Error cannot_make(const std::string& path, int reason) {
  return Error{ErrorCode::unavailable,
               "cannot make the folder '" + path + "': " + core::errno_text(reason)}
      .with_hint("choose another home: --home DIR, or set GOFLOW_HOME");
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

Result<std::string> resolve_home(const HomeSources& sources) {
  std::string home;
  for (const auto* source : {&sources.flag, &sources.goflow_home, &sources.goflow_config_dir}) {
    if (home.empty()) home = source->value_or("");
  }
  const std::string user_home = sources.user_home.value_or("");
  if (home.empty() && !user_home.empty()) home = user_home + "/.goflow";
  if (home.empty()) {
    return Error{ErrorCode::failed_precondition, "there is no home directory: HOME is not set"}
        .with_hint("say where it is: --home DIR, or set GOFLOW_HOME");
  }
  std::error_code reason;
  const auto path = std::filesystem::absolute(home, reason);
  if (reason) return cannot_make(home, reason.value());
  return path.lexically_normal().string();
}

Result<void> make_private_folder(const std::string& path) {
  if (is_folder(path)) return {};
  const std::string parent = std::filesystem::path(path).parent_path().string();
  if (!parent.empty() && parent != path) GOFLOW_TRY(make_private_folder(parent));
  if (mkdir(path.c_str(), private_folder) == 0) return {};
  // Another process may have been faster.
  const int reason = errno;
  if (is_folder(path)) return {};
  return cannot_make(path, reason);
}

}  // namespace goflow::storage
