#include "cli/io/run_words.hpp"

#include "cli/io/width.hpp"

namespace goflow::cli {

std::string failure_words(std::string_view message, int attempt) {
  std::string words = one_line(message);
  if (attempt > 1) words += " after " + std::to_string(attempt) + " attempts";
  return words;
}

std::string skip_words(std::string_view reason) {
  if (reason == "not_taken") return "not taken";
  if (reason == "when") return "its condition 'when' is false";
  return one_line(reason);
}

}  // namespace goflow::cli
