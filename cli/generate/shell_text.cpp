#include "cli/generate/shell_text.hpp"

namespace goflow::cli {

std::string shell_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text)
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string joined(const std::vector<std::string>& words, std::string_view glue) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += glue;
    text += word;
  }
  return text;
}

}  // namespace goflow::cli
