#include "cli/io/terminal.hpp"

#include "cli/io/line.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <map>

using namespace goflow;
using namespace goflow::cli;

namespace {

Environment environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

const Mark done = ok_mark("completed");

}  // namespace

TEST_CASE("the environment wishes colour or none") {
  CHECK(colour_wish(environment({})) == ColourWish::automatic);
  CHECK(colour_wish(environment({{"NO_COLOR", "1"}})) == ColourWish::never);
  CHECK(colour_wish(environment({{"NO_COLOR", ""}})) == ColourWish::automatic);
  CHECK(colour_wish(environment({{"TERM", "dumb"}})) == ColourWish::never);
  CHECK(colour_wish(environment({{"CLICOLOR_FORCE", "1"}})) == ColourWish::always);
  CHECK(colour_wish(environment({{"CLICOLOR_FORCE", "0"}})) == ColourWish::automatic);
  CHECK(colour_wish(environment({{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}})) ==
        ColourWish::never);
}

TEST_CASE("the first locale variable that is set decides about UTF-8") {
  CHECK(charset(environment({{"LANG", "en_GB.UTF-8"}})) == Charset::utf8);
  CHECK(charset(environment({{"LANG", "C.utf8"}})) == Charset::utf8);
  CHECK(charset(environment({{"LANG", "de_DE.ISO-8859-1"}})) == Charset::ascii);
  CHECK(charset(environment({{"LC_ALL", "C"}, {"LANG", "C.UTF-8"}})) == Charset::ascii);
  CHECK(charset(environment({{"LC_ALL", ""}, {"LC_CTYPE", "C.UTF-8"}})) == Charset::utf8);
  CHECK(charset(environment({})) == Charset::ascii);
}

TEST_CASE("colour is decided per stream, and --color wins") {
  Terminal terminal = Terminal::captured({.stderr_is_terminal = true});
  CHECK(terminal.out().style().text(done) == "✓ completed");
  CHECK(terminal.err().style().text(done) == "\x1b[32m✓ completed\x1b[0m");
  terminal.wish_colour(ColourWish::always);
  CHECK(terminal.out().style().text(done) == "\x1b[32m✓ completed\x1b[0m");
  terminal.wish_colour(ColourWish::never);
  CHECK(terminal.err().style().text(done) == "✓ completed");
}

TEST_CASE("outside UTF-8 symbols are ASCII, and every state has a word") {
  const Style style(Colour::off, Charset::ascii);
  CHECK(style.text(mark_of(core::NodeStatus::completed)) == "ok completed");
  CHECK(style.text(mark_of(core::NodeStatus::failed)) == "x failed");
  CHECK(style.text(mark_of(core::NodeStatus::running)) == "* running");
  CHECK(style.text(mark_of(core::NodeStatus::cancelled)) == "! cancelled");
  CHECK(style.text(mark_of(core::ExecutionStatus::timed_out)) == "x timed out");
  CHECK(style.text(warning_mark("expired")) == "! expired");
}

TEST_CASE("a line is laid out before it is painted") {
  const Style style(Colour::on, Charset::utf8);
  Line line;
  line.add("日本", Tone::red).pad_to(6).add("end").pad_to(20);
  CHECK(line.width() == 20);
  CHECK(line.painted(style) == "\x1b[31m日本\x1b[0m  end");
  CHECK(line.cut_to(8, "…").painted(style) == "\x1b[31m日本\x1b[0m  e…");
  CHECK(Line().add("abcdef", Tone::dim).add("gh").cut_to(6, "…").painted(style) ==
        "\x1b[2mabcde…\x1b[0m");
}

TEST_CASE("lines are read one by one, the last one without its end") {
  Terminal terminal = Terminal::captured({}, "one\r\n\ntwo");
  CHECK(terminal.read_line() == "one");
  CHECK(terminal.read_line() == "");
  CHECK(terminal.read_line() == "two");
  CHECK(terminal.read_line() == std::nullopt);
}

TEST_CASE("a reader who went away is a quiet end") {
  std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  close(ends[0]);
  Output output(ends[1]);
  output.line("nobody reads this");
  CHECK(output.finish().ok());
  CHECK(output.reader_is_gone());
  close(ends[1]);
  std::signal(SIGPIPE, SIG_DFL);
}

TEST_CASE("output that is lost for another reason is an error") {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  if (full < 0) return;
  Output output(full);
  output.line("no room for this");
  const auto finished = output.finish();
  REQUIRE(!finished.ok());
  CHECK(finished.error().message == "cannot write the output: no space left on device");
  close(full);
}

TEST_CASE("what waits for one stream goes out before what is written to the other") {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  Output result(ends[1]);
  Output notes(ends[1]);
  notes.follow(result);
  result.line("result");
  notes.line("note");
  notes.flush();
  std::array<char, 64> text{};
  const ssize_t length = read(ends[0], text.data(), text.size());
  CHECK(std::string(text.data(), static_cast<std::size_t>(length)) == "result\nnote\n");
  close(ends[0]);
  close(ends[1]);
}
