// Questions to the person at the terminal.
#pragma once

#include "cli/io/terminal.hpp"
#include "core/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// Asks "question [rerun/skip/fail]" until one of the words is given, or its beginning. Nothing: no
/// answer came.
std::optional<std::string> choose(Terminal& terminal,
                                  std::string_view question,
                                  const std::vector<std::string>& words);

}  // namespace goflow::cli
