// Pieces of shell text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace goflow::cli {

/// One word for bash and zsh, whatever it contains: 'it'\''s'.
std::string shell_quoted(std::string_view text);

std::string joined(const std::vector<std::string>& words, std::string_view glue);

}  // namespace goflow::cli
