#include "cli/io/secret_prompt.hpp"

#include "tests/cli/io/pty_session.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow;
using namespace goflow::cli;
using goflow::test::PtySession;

namespace {

using Ask = core::Result<core::WipedBytes>(Terminal&, std::string_view, Consent);

/// The answer, or the error and its message.
std::string asked(Ask* ask) {
  Terminal terminal = Terminal::of_process(process_environment());
  const auto answer = ask(terminal, "value of 'github'", Consent::ask);
  if (answer) return "answer: " + std::string(core::as_text(*answer));
  return std::string(to_string(answer.error().code)) + ": " + answer.error().message;
}

std::string ask_once() {
  return asked(ask_secret);
}
std::string ask_twice() {
  return asked(ask_new_secret);
}

const std::string question = "value of 'github' (not shown): ";
const std::string again = "the same again (not shown): ";

}  // namespace

TEST_CASE("what is typed at the question is not shown, and what is typed after it is") {
  PtySession session(ask_once);
  CHECK(session.shown_until(question) == question);
  CHECK(!session.shows_what_is_typed());
  session.type("hunter2!\n");
  CHECK(session.result() == "answer: hunter2!");
  CHECK(session.shows_what_is_typed());
  session.type("end");
  CHECK(session.shown_until("end") == "\r\nend");
}

TEST_CASE("Ctrl-C at the question cancels, and what is typed is shown again") {
  PtySession session(ask_once);
  session.shown_until(question);
  session.type("hunt\x03");
  CHECK(session.result() == "cancelled: nothing was entered");
  CHECK(session.shows_what_is_typed());
}

TEST_CASE("Ctrl-D ends the answer") {
  PtySession session(ask_once);
  session.shown_until(question);
  session.type("\x04");
  CHECK(session.result() == "answer: ");
  CHECK(session.shows_what_is_typed());
}

TEST_CASE(
    "Ctrl-Z at the question stops; what is typed meanwhile is shown, and then it asks again") {
  PtySession session(ask_once);
  session.shown_until(question);
  session.type("hunt\x1a");
  CHECK(session.result() == "stopped");
  CHECK(session.shows_what_is_typed());
  session.go_on();
  CHECK(session.shown_until(question) == "\r\n" + question);
  CHECK(!session.shows_what_is_typed());
  session.type("hunter2!\n");
  CHECK(session.result() == "answer: hunter2!");
  CHECK(session.shows_what_is_typed());
}

TEST_CASE("a signal that ends goflow at the question leaves the terminal as it was") {
  PtySession session([] {
    // As if somebody else had sent it, while the question waits.
    const pid_t asking = getpid();
    if (fork() == 0) {
      termios attributes{};
      while (tcgetattr(STDIN_FILENO, &attributes) == 0 && (attributes.c_lflag & ECHO) != 0) {
        usleep(1000);
      }
      kill(asking, SIGTERM);
      _exit(0);
    }
    return ask_once();
  });
  CHECK(session.result() == "signal 15");
  CHECK(session.shows_what_is_typed());
}

TEST_CASE("a text of several lines cannot be typed, and the rest of it does not go to the shell") {
  PtySession session(ask_once);
  session.shown_until(question);
  session.type("-----BEGIN KEY-----\nc2VjcmV0\n");
  CHECK(session.result() == "invalid_argument: more than one line was entered");
}

TEST_CASE("a line that a terminal would cut off is refused") {
  PtySession session(ask_once);
  session.shown_until(question);
  session.type(std::string(4095, 'x') + "\n");
  CHECK(session.result() == "invalid_argument: what was entered is too long for a terminal");
  PtySession next([] { return std::to_string(ask_once().size()); });
  next.shown_until(question);
  next.type(std::string(4094, 'x') + "\n");
  CHECK(next.result() == std::to_string(std::string("answer: ").size() + 4094));
}

TEST_CASE("what is made up must be entered twice") {
  PtySession session(ask_twice);
  session.shown_until(question);
  session.type("correct horse\n");
  CHECK(session.shown_until(again) == "\r\n" + again);
  CHECK(!session.shows_what_is_typed());
  session.type("correct horse\n");
  CHECK(session.result() == "answer: correct horse");

  PtySession careless(ask_twice);
  careless.shown_until(question);
  careless.type("correct horse\n");
  careless.shown_until(again);
  careless.type("correct house\n");
  CHECK(careless.result() == "invalid_argument: what was entered is not twice the same");
}

TEST_CASE("nobody is asked where there is no terminal, or where --no-input forbids it") {
  Terminal terminal = Terminal::captured({.stdin_is_terminal = true, .stderr_is_terminal = true});
  const auto nobody = ask_secret(terminal, "value of 'github'", Consent::ask);
  REQUIRE(!nobody.ok());
  CHECK(nobody.error().code == core::ErrorCode::invalid_argument);
  CHECK(nobody.error().message == "cannot ask for the value of 'github': there is no terminal");
  const auto forbidden = ask_new_secret(terminal, "value of 'github'", Consent::never_ask);
  REQUIRE(!forbidden.ok());
  CHECK(forbidden.error().code == core::ErrorCode::invalid_argument);
  CHECK(forbidden.error().message == "cannot ask for the value of 'github': --no-input was given");
}
