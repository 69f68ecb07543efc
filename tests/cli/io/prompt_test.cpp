#include "cli/io/prompt.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace goflow::cli;

namespace {

Terminal someone_who_types(std::string answer) {
  return Terminal::captured(
      {.stdin_is_terminal = true, .stderr_is_terminal = true, .colour = ColourWish::never},
      std::move(answer));
}

bool answered_yes(std::string answer) {
  Terminal terminal = someone_who_types(std::move(answer));
  return *confirm(terminal, "delete 3 executions?", Consent::ask);
}

}  // namespace

TEST_CASE("only a yes is a yes") {
  CHECK(answered_yes("y\n"));
  CHECK(answered_yes(" YES \n"));
  CHECK(!answered_yes("\n"));
  CHECK(!answered_yes("n\n"));
  CHECK(!answered_yes("yep\n"));
  CHECK(!answered_yes(""));
}

TEST_CASE("the question goes to stderr") {
  Terminal terminal = someone_who_types("n\n");
  CHECK(!*confirm(terminal, "delete 3 executions?", Consent::ask));
  CHECK(terminal.err().collected() == "delete 3 executions? [y/N] ");
  CHECK(terminal.out().collected().empty());
}

TEST_CASE("what is at stake must be typed by its name") {
  Terminal right = someone_who_types("nightly\n");
  CHECK(*confirm_by_name(right, "delete 'nightly' and 12 executions?", "nightly", Consent::ask));
  CHECK(right.err().collected() ==
        "delete 'nightly' and 12 executions? Type 'nightly' to confirm: ");
  Terminal wrong = someone_who_types("yes\n");
  CHECK(!*confirm_by_name(wrong, "delete 'nightly'?", "nightly", Consent::ask));
}

TEST_CASE("a choice is one of the words or its beginning, and asked for until it is") {
  Terminal terminal = someone_who_types("maybe\n\nsk\n");
  CHECK(choose(terminal, "What now?", {"rerun", "skip", "fail"}) == "skip");
  CHECK(terminal.err().collected() ==
        "What now? [rerun/skip/fail] What now? [rerun/skip/fail] What now? [rerun/skip/fail] ");
  Terminal silent = someone_who_types("");
  CHECK(!choose(silent, "What now?", {"rerun", "skip", "fail"}));
}

TEST_CASE("consent that is given is not asked for") {
  Terminal terminal = Terminal::captured();
  CHECK(*confirm(terminal, "delete?", Consent::given));
  CHECK(*confirm_by_name(terminal, "delete?", "nightly", Consent::given));
  CHECK(terminal.err().collected().empty());
}

TEST_CASE("where nobody can be asked, or may be, --yes is required") {
  Terminal script = Terminal::captured({}, "y\n");
  const auto refused = confirm(script, "delete 3 executions?", Consent::ask);
  REQUIRE(!refused.ok());
  CHECK(refused.error().code == core::ErrorCode::invalid_argument);
  CHECK(refused.error().message == "not confirmed: delete 3 executions?");
  CHECK(refused.error().hint == "to go ahead without being asked, add --yes");
  Terminal terminal = someone_who_types("y\n");
  CHECK(!confirm(terminal, "delete?", Consent::never_ask).ok());
}
