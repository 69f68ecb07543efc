#include "cli/io/pager.hpp"

#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>

using namespace goflow::cli;

namespace {

Environment pager(const std::string& variable, const std::string& command) {
  return [=](const std::string& name) -> std::optional<std::string> {
    if (name != variable) return std::nullopt;
    return command;
  };
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += "line\n";
  }
  return text;
}

Terminal screen() {
  return Terminal::captured({.stdout_is_terminal = true, .size = {80, 10}});
}

}  // namespace

TEST_CASE("a long text on a terminal goes through the pager") {
  const goflow::test::TempDir folder;
  const std::string file = folder.path() + "/paged";
  Terminal terminal = screen();
  show_text(terminal, pager("GOFLOW_PAGER", "cat > '" + file + "'"), lines(20));
  CHECK(content_of(file) == lines(20));
  CHECK(terminal.out().collected().empty());
}

TEST_CASE("a text that fits, a pipe and --no-pager need none") {
  const Environment never = pager("PAGER", "echo must not run; exit 1");
  Terminal terminal = screen();
  show_text(terminal, never, lines(9));
  CHECK(terminal.out().collected() == lines(9));
  Terminal pipe = Terminal::captured();
  show_text(pipe, never, lines(20));
  CHECK(pipe.out().collected() == lines(20));
  Terminal off = screen();
  show_text(off, never, lines(20), Paging::off);
  CHECK(off.out().collected() == lines(20));
}

TEST_CASE("long lines count as the rows they take") {
  const goflow::test::TempDir folder;
  const std::string file = folder.path() + "/paged";
  Terminal terminal = screen();
  show_text(terminal, pager("PAGER", "cat > '" + file + "'"), std::string(800, 'x') + "\n");
  CHECK(content_of(file).size() == 801);
}

TEST_CASE("an empty pager and cat mean none") {
  for (const char* command : {"", "cat"}) {
    Terminal terminal = screen();
    show_text(terminal, pager("GOFLOW_PAGER", command), lines(20));
    CHECK(terminal.out().collected() == lines(20));
  }
}

TEST_CASE("a pager that does not exist is done without") {
  Terminal terminal = screen();
  show_text(terminal, pager("PAGER", "no-such-pager 2>/dev/null"), lines(20));
  CHECK(terminal.out().collected() == lines(20));
}

TEST_CASE("leaving the pager early is a quiet end") {
  Terminal terminal = screen();
  show_text(terminal, pager("PAGER", "true"), lines(200'000));
  CHECK(terminal.out().collected().empty());
}
