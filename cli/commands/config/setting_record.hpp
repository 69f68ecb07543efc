// A setting and its value, as programs see them.
#pragma once

#include "cli/command/output_choice.hpp"
#include "core/settings/resolution.hpp"
#include "core/value/value.hpp"

#include <span>

namespace goflow::cli {

std::span<const Field> setting_fields();
core::Object setting_record(const core::Setting& setting, const core::ResolvedSetting& resolved);

}  // namespace goflow::cli
