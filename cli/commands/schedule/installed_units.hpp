// The units of systemd that this home has installed for the schedules of its workflows.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace goflow::cli {

/// Whole texts by the name of the unit: "goflow-nightly.timer".
using UnitFiles = std::map<std::string, std::string>;

/// Where the user's units are. invalid_argument when there is neither XDG_CONFIG_HOME nor HOME.
core::Result<std::string> user_unit_folder(const Context& context);

/// "goflow-nightly"; of a home that is not the usual one with a part that tells it from the others.
std::string unit_name(const std::string& workflow_id, const std::string& home, Context& context);

/// Those in the folder that say that they are of this home.
core::Result<UnitFiles> find_installed_units(const std::string& folder, const std::string& home);

/// Writes all or, when one cannot be written, none; what was there before comes back.
/// already_exists for a file that is not of this home.
core::Result<void> write_units(const std::string& folder,
                               const UnitFiles& units,
                               const UnitFiles& before);
/// As it was before: what is not in `before` is removed.
void restore_units(const std::string& folder, const UnitFiles& units, const UnitFiles& before);
core::Result<void> remove_units(const std::string& folder, const std::vector<std::string>& names);

/// `systemctl --user WORDS`; unavailable, with a hint, when it is not there or fails.
core::Result<void> systemctl(std::vector<std::string> words, Context& context);

}  // namespace goflow::cli
