// What the settings say about large values.
#pragma once

#include "cli/context.hpp"
#include "core/claimcheck/claim_check.hpp"

namespace goflow::cli {

core::Result<core::ClaimCheckSettings> claim_check_settings(Context& context);

}  // namespace goflow::cli
