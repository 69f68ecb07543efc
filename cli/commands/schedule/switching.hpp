// What enable and disable have in common.
#pragma once

#include "cli/command/command.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"

#include <string>
#include <vector>

namespace goflow::cli {

struct SwitchOptions {
  std::vector<std::string> workflows;
};

void declare_switching(Command& command, SwitchOptions& options);
/// All of them or, when one is not there or has no schedule, none.
core::Result<void> switch_schedules(const SwitchOptions& options, bool enabled, Context& context);

}  // namespace goflow::cli
