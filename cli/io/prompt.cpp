#include "cli/io/prompt.hpp"

#include "cli/io/width.hpp"

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

std::string ask(Terminal& terminal, std::string_view prompt) {
  Output& err = terminal.err();
  err.write(err.style().paint(Tone::bold, prompt));
  err.write(" ");
  err.flush();
  const std::optional<std::string> answer = terminal.read_line();
  // Ctrl-D leaves the cursor behind the question.
  if (!answer) err.line("");
  err.flush();
  return one_line(answer.value_or(""));
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
  return is_yes(ask(terminal, one_line(question) + " [y/N]"));
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

}  // namespace goflow::cli
