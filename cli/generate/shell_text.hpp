// Text as a shell reads it.
#pragma once

#include <string>
#include <string_view>

namespace goflow::cli {

/// One word for bash and zsh, whatever it contains: 'it'\''s'.
std::string shell_quoted(std::string_view text);

}  // namespace goflow::cli
