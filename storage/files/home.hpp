// The home directory: the one tree in which goflow keeps everything.
#pragma once

#include "core/base/result.hpp"

#include <optional>
#include <string>

namespace goflow::storage {

/// What may say where it is, strongest first. Empty texts count as not given.
struct HomeSources {
  std::optional<std::string> flag;               // --home
  std::optional<std::string> goflow_home;        // $GOFLOW_HOME
  std::optional<std::string> goflow_config_dir;  // $GOFLOW_CONFIG_DIR, its synonym
  std::optional<std::string> user_home;          // $HOME
};

/// An absolute path; nothing is touched. An Error when nothing says where it is.
core::Result<std::string> resolve_home(const HomeSources& sources);

/// Makes the folder and those above it that are missing, private to the user (0700). What exists
/// keeps its mode.
core::Result<void> make_private_folder(const std::string& path);

}  // namespace goflow::storage
