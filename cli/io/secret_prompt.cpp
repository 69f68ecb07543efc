#include "cli/io/secret_prompt.hpp"

#include "cli/io/hidden_line.hpp"
#include "cli/io/width.hpp"

#include <string>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::WipedBytes;

Result<core::Descriptor> open_terminal(Terminal& terminal,
                                       const std::string& what,
                                       Consent consent) {
  const std::string failure = "cannot ask for the " + what;
  if (consent == Consent::never_ask) {
    return Error{ErrorCode::invalid_argument, failure + ": --no-input was given"};
  }
  core::Descriptor opened = terminal.open_controlling();
  if (!opened.is_open()) {
    return Error{ErrorCode::invalid_argument, failure + ": there is no terminal"};
  }
  // What was said before stands above the question.
  terminal.err().flush();
  return opened;
}

}  // namespace

Result<WipedBytes> ask_secret(Terminal& terminal, std::string_view what, Consent consent) {
  const std::string name = one_line(what);
  GOFLOW_TRY(const core::Descriptor opened, open_terminal(terminal, name, consent));
  return read_hidden_line(opened.get(), name + " (not shown):");
}

Result<WipedBytes> ask_new_secret(Terminal& terminal, std::string_view what, Consent consent) {
  const std::string name = one_line(what);
  GOFLOW_TRY(const core::Descriptor opened, open_terminal(terminal, name, consent));
  GOFLOW_TRY(WipedBytes secret, read_hidden_line(opened.get(), name + " (not shown):"));
  GOFLOW_TRY(const WipedBytes again, read_hidden_line(opened.get(), "the same again (not shown):"));
  if (secret != again) {
    return Error{ErrorCode::invalid_argument, "what was entered is not twice the same"}.with_hint(
        "run the command again and enter the " + name + " twice");
  }
  return secret;
}

}  // namespace goflow::cli
