// Reads a line from a terminal that does not show what is typed.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/wiped_bytes.hpp"

#include <string_view>

namespace goflow::cli {

/// The line without its end; Ctrl-D ends it too. However this ends, the terminal shows again what
/// is typed: also when a signal ends the process, or stops it, in which case it is asked again
/// afterwards. One thread may ask at a time.
///
/// cancelled: Ctrl-C. invalid_argument: more than one line came, as when a text is pasted, or one
/// too long for a terminal. unavailable: it is no terminal.
core::Result<core::WipedBytes> read_hidden_line(int terminal, std::string_view question);

}  // namespace goflow::cli
