// Asks the person at the terminal for a secret.
#pragma once

#include "cli/io/prompt.hpp"
#include "cli/io/terminal.hpp"
#include "core/base/result.hpp"
#include "core/secret/wiped_bytes.hpp"

#include <string_view>

namespace goflow::cli {

/// Asks for, say, "value of 'github'" and shows nothing of it. It asks at the terminal that goflow
/// was started from, whatever its streams are connected to. The answer may be empty.
///
/// invalid_argument: nobody can be asked, or may be (Consent::never_ask). cancelled: Ctrl-C.
core::Result<core::WipedBytes> ask_secret(Terminal& terminal,
                                          std::string_view what,
                                          Consent consent);

/// For what is made up right now: wants the same twice.
core::Result<core::WipedBytes> ask_new_secret(Terminal& terminal,
                                              std::string_view what,
                                              Consent consent);

}  // namespace goflow::cli
