// Questions to the person at the terminal.
#pragma once

#include "cli/io/terminal.hpp"
#include "core/base/result.hpp"

#include <string_view>

namespace goflow::cli {

/// How an act that cannot be undone gets its consent.
enum class Consent {
  ask,
  given,      // --yes
  never_ask,  // --no-input
};

/// Asks "question [y/N]"; whether to go on. An Error: it must be asked and cannot be.
core::Result<bool> confirm(Terminal& terminal, std::string_view question, Consent consent);

/// The same where much is at stake: wants the name of the thing typed.
core::Result<bool> confirm_by_name(Terminal& terminal,
                                   std::string_view question,
                                   std::string_view name,
                                   Consent consent);

}  // namespace goflow::cli
