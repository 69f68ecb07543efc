#include "cli/io/prompt.hpp"

#include "cli/io/width.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

namespace goflow::cli {
namespace {

core::Error cannot_ask(std::string_view question) {
  return core::Error{core::ErrorCode::invalid_argument, "not confirmed: " + one_line(question)}
      .with_hint("to go ahead without being asked, add --yes");
}

std::optional<std::string> ask(Terminal& terminal, std::string_view prompt) {
  Output& err = terminal.err();
  err.write(err.style().paint(Tone::bold, prompt));
  err.write(" ");
  err.flush();
  const std::optional<std::string> answer = terminal.read_line();
  // Ctrl-D leaves the cursor behind the question.
  if (!answer) err.line("");
  err.flush();
  if (!answer) return std::nullopt;
  return one_line(*answer);
}

bool is_yes(std::string answer) {
  std::transform(answer.begin(), answer.end(), answer.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return answer == "y" || answer == "yes";
}

}  // namespace

core::Result<bool> confirm(Terminal& terminal, std::string_view question, Consent consent) {
  if (consent == Consent::given) return true;
  if (consent == Consent::never_ask || !terminal.can_ask()) return cannot_ask(question);
  return is_yes(ask(terminal, one_line(question) + " [y/N]").value_or(""));
}

core::Result<bool> confirm_by_name(Terminal& terminal,
                                   std::string_view question,
                                   std::string_view name,
                                   Consent consent) {
  if (consent == Consent::given) return true;
  if (consent == Consent::never_ask || !terminal.can_ask()) return cannot_ask(question);
  const std::string prompt = one_line(question) + " Type '" + one_line(name) + "' to confirm:";
  return ask(terminal, prompt) == name;
}

std::optional<std::string> choose(Terminal& terminal,
                                  std::string_view question,
                                  const std::vector<std::string>& words) {
  const std::string prompt = fmt::format("{} [{}]", one_line(question), fmt::join(words, "/"));
  while (const auto answer = ask(terminal, prompt)) {
    const auto chosen = std::find_if(words.begin(), words.end(), [&](const std::string& word) {
      return !answer->empty() && word.starts_with(*answer);
    });
    if (chosen != words.end()) return *chosen;
  }
  return std::nullopt;
}

}  // namespace goflow::cli
