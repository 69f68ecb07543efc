// Long texts, a screen at a time.
#pragma once

#include "cli/io/environment.hpp"
#include "cli/io/terminal.hpp"

#include <string>
#include <string_view>

namespace goflow::cli {

/// `--no-pager` switches it off.
enum class Paging { allowed, off };

/// Writes a text to stdout; when that is a terminal and the text is longer than its screen, through
/// $GOFLOW_PAGER, else $PAGER, else `less -FRX`. An empty one and `cat` mean none. Leaving the
/// pager early is fine; one that cannot be started is done without.
void show_text(Terminal& terminal,
               const Environment& environment,
               std::string_view text,
               Paging paging = Paging::allowed);

}  // namespace goflow::cli
