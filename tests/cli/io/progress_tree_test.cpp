#include "cli/io/progress_tree.hpp"

#include "tests/cli/io/run_script.hpp"
#include "tests/cli/io/screen.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace goflow::cli;
using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

namespace {

TerminalFacts facts(TerminalSize size = {80, 24}, Charset charset = Charset::utf8) {
  return {
      .stderr_is_terminal = true, .colour = ColourWish::never, .charset = charset, .size = size};
}

RunOutline nightly() {
  return {.title = "nightly",
          .id = "5ywz6r0b",
          .nodes = {{"login"},
                    {"list-orders", "shop/list_orders"},
                    {"enrich"},
                    {"report"},
                    {"publish", "files/write_file"}},
          .nested = {{"lookup", "shop/lookup_customer"}}};
}

RunOutline chain(std::size_t length) {
  RunOutline outline{.title = "chain", .id = "5ywz6r0b", .nodes = {}};
  for (std::size_t i = 0; i < length; ++i) {
    outline.nodes.push_back({"step-" + std::to_string(i)});
  }
  return outline;
}

/// A run of the outline that is shown on a terminal.
struct Shown {
  explicit Shown(RunOutline outline, TerminalFacts with = facts())
      : size(with.size), terminal(Terminal::captured(with)), tree(terminal, std::move(outline)) {}

  [[nodiscard]] Lines screen() {
    test::Screen screen(size.columns, size.rows);
    screen.feed(terminal.err().collected());
    CHECK(screen.cursor_is_visible());
    return screen.lines();
  }

  TerminalSize size;
  Terminal terminal;
  ProgressTree tree;
  test::RunScript run{tree};
};

void play_until_half_way(test::RunScript& run) {
  run.running().start("login", "login");
  run.at(312ms).complete("login", "login").start("list-orders", "list-orders");
  run.at(1412ms).complete("list-orders", "list-orders").start("enrich", "enrich", "loop");
  run.progress("enrich", 0, 200);
  for (int round = 0; round < 124; ++round) {
    const std::string path = "enrich[" + std::to_string(round) + "]/lookup";
    run.start(path, "lookup").complete(path, "lookup").progress("enrich", round + 1, 200);
  }
  run.at(4022ms).start("enrich[124]/lookup", "lookup");
}

}  // namespace

TEST_CASE("a run half-way shows what is done, what goes on and what is to come") {
  Shown shown(nightly());
  play_until_half_way(shown.run);
  shown.run.at(4112ms).tick();
  CHECK(shown.screen() ==
        Lines{"nightly  5ywz6r0b                                               ⠸ running  4.1s",
              "├─ ✓ login                                                                312ms",
              "├─ ✓ list-orders   shop/list_orders                                        1.1s",
              "├─ ⠸ enrich        ███████████████▌░░░░░░░░░  124/200   1.7s left          2.7s",
              "│  └─ ⠸ 125        shop/lookup_customer                                    90ms",
              "├─ · report",
              "└─ · publish       files/write_file"});
}

TEST_CASE("a finished run is drawn over the one that went on") {
  Shown shown(nightly());
  play_until_half_way(shown.run);
  auto& run = shown.run.at(4112ms).tick();
  run.complete("enrich[124]/lookup", "lookup").progress("enrich", 200, 200);
  run.at(5612ms).complete("enrich", "enrich", "loop").start("report", "report").tick();
  run.at(6192ms).complete("report", "report").start("publish", "publish");
  run.at(6872ms).complete("publish", "publish").finish(core::ExecutionStatus::completed);
  CHECK(shown.screen() ==
        Lines{"nightly  5ywz6r0b                                             ✓ completed  6.9s",
              "├─ ✓ login                                                                312ms",
              "├─ ✓ list-orders   shop/list_orders                                        1.1s",
              "├─ ✓ enrich        200 items                                               4.2s",
              "├─ ✓ report                                                               580ms",
              "└─ ✓ publish       files/write_file                                       680ms"});
}

TEST_CASE("the first thing heard is shown at once, without waiting for a tick") {
  Shown shown(nightly());
  CHECK(shown.screen().empty());
  shown.run.running();
  CHECK(shown.screen().size() == 6);
}

TEST_CASE("a retry tells why, and how often it was tried") {
  Shown shown(nightly());
  shown.run.running().start("login", "login").at(1s).miss("login", 1, "HTTP 503").tick();
  CHECK(shown.screen()[1] ==
        "├─ ⠸ login         HTTP 503, trying again                                  1.0s");
  shown.run.at(2s).start("login", "login", "shell", 2).tick();
  CHECK(shown.screen()[1] ==
        "├─ ⠼ login         attempt 2, before: HTTP 503                             2.0s");
  shown.run.at(3s)
      .fail("login", "login", "retry exhausted after 2 attempts: HTTP 502")
      .finish(core::ExecutionStatus::failed);
  CHECK(shown.screen()[1] ==
        "├─ ✗ login         HTTP 502 after 2 attempts                               3.0s");
}

TEST_CASE("a loop that failed shows the round where it did, and nothing of the others") {
  Shown shown({.title = "sync", .id = "5ywz6r0b", .nodes = {{"each"}}});
  auto& run = shown.run.running().start("each", "each", "loop").progress("each", 0, 9);
  run.start("each[0]/get", "get").complete("each[0]/get", "get").progress("each", 1, 9);
  run.start("each[1]/get", "get").at(20ms).fail("each[1]/get", "get", "exit status 2");
  run.fail("each", "each", "round 2 failed").finish(core::ExecutionStatus::failed);
  CHECK(shown.screen() ==
        Lines{"sync  5ywz6r0b                                                   ✗ failed  20ms",
              "└─ ✗ each   round 2 failed                                                 20ms",
              "   └─ ✗ 2   get: exit status 2                                             20ms"});
}

TEST_CASE("branches stand side by side, each with what goes on in it") {
  Shown shown({.title = "sync", .id = "5ywz6r0b", .nodes = {{"fan"}}});
  auto& run = shown.run.running().start("fan", "fan", "parallel").progress("fan", 0, 2);
  run.start("fan/left/write", "write").start("fan/right/send", "send");
  run.start("fan/right/copy", "copy");
  run.at(1s).complete("fan/left/write", "write").progress("fan", 1, 2).tick();
  CHECK(shown.screen() ==
        Lines{"sync  5ywz6r0b                                                  ⠸ running  1.0s",
              "└─ ⠸ fan          ████████████▌░░░░░░░░░░░░  1/2   1.0s left               1.0s",
              "   ├─ ✓ left                                                               1.0s",
              "   └─ ⠸ right                                                              1.0s",
              "      ├─ ⠸ send                                                            1.0s",
              "      └─ ⠸ copy                                                            1.0s"});
}

TEST_CASE(
    "a tree that is higher than the terminal counts what is over first, then what is to come") {
  Shown shown(chain(30), facts({60, 8}));
  auto& run = shown.run.running();
  for (int i = 0; i < 10; ++i) {
    const std::string id = "step-" + std::to_string(i);
    run.start(id, id).complete(id, id);
  }
  run.start("step-10", "step-10").tick();
  CHECK(shown.screen() == Lines{"chain  5ywz6r0b                              ⠸ running  0ms",
                                "├─ … 10 done",
                                "├─ ⠸ step-10                                            0ms",
                                "├─ · step-11",
                                "├─ · step-12",
                                "├─ · step-13",
                                "└─ … 16 more"});
}

TEST_CASE("what stood above the tree stays, however often it is drawn") {
  Shown shown(chain(30), facts({60, 8}));
  shown.terminal.err().line("above");
  for (int i = 0; i < 50; ++i) {
    shown.run.at(80ms * i).tick();
  }
  CHECK(shown.screen().size() == 8);
  CHECK(shown.screen()[0] == "above");
}

TEST_CASE("in a narrow terminal details are cut and times stay") {
  Shown shown(nightly(), facts({40, 24}));
  shown.run.running().start("login", "login").tick();
  CHECK(shown.screen()[1] == "├─ ⠸ login                          0ms");
  CHECK(shown.screen()[2] == "├─ · list-orders   shop/list_o…");
}

TEST_CASE("lines that a narrower window has wrapped are counted as the rows they take") {
  Terminal terminal = Terminal::captured(facts({40, 24}));
  LiveRegion region(terminal);
  region.draw({Line().add(std::string(39, 'a')), Line().add("b")});
  const std::size_t before = terminal.err().collected().size();
  terminal.resize({20, 24});
  region.draw({Line().add("c")});
  CHECK(terminal.err().collected().find("\x1b[3A", before) != std::string::npos);
}

TEST_CASE("outside UTF-8 the tree is drawn in ASCII") {
  Shown shown(nightly(), facts({60, 24}, Charset::ascii));
  play_until_half_way(shown.run);
  shown.run.at(4112ms).tick();
  CHECK(shown.screen() == Lines{"nightly  5ywz6r0b                           * running  4.1s",
                                "|- ok login                                           312ms",
                                "|- ok list-orders   shop/list_orders                   1.1s",
                                "|- *  enrich        ######...  124/200   1.7s left     2.7s",
                                "|  `- *  125        shop/lookup_customer               90ms",
                                "|- .  report",
                                "`- .  publish       files/write_file"});
}

TEST_CASE("nodes that an earlier process had completed are shown with their times") {
  core::NodeExecution login{.id = "nex-1",
                            .execution_id = "wex-1",
                            .node_id = "login",
                            .node_type = "shell",
                            .path = "login",
                            .status = core::NodeStatus::completed,
                            .created_at = test::RunScript::begin - 5s,
                            .started_at = test::RunScript::begin - 5s,
                            .completed_at = test::RunScript::begin - 3s};
  Terminal terminal = Terminal::captured(facts());
  ProgressTree tree(terminal, nightly(), {login});
  tree.on_status(core::ExecutionStatus::running, test::RunScript::begin);
  test::Screen screen(80, 24);
  screen.feed(terminal.err().collected());
  CHECK(screen.lines()[1] ==
        "├─ ✓ login                                                                 2.0s");
}

TEST_CASE("start and end nodes are not shown, skipped ones say why") {
  Shown shown({.title = "sync", .id = "5ywz6r0b", .nodes = {{"a"}}});
  auto& run = shown.run.running().start("begin", "begin", "start");
  run.complete("begin", "begin", "start").skip("a", "a").finish(core::ExecutionStatus::completed);
  CHECK(shown.screen() ==
        Lines{"sync  5ywz6r0b                                                 ✓ completed  0ms",
              "└─ - a   not taken"});
}

TEST_CASE("text of a failure cannot move the cursor or break the tree") {
  Shown shown({.title = "sync", .id = "5ywz6r0b", .nodes = {{"a"}}});
  shown.run.running().start("a", "a").fail("a", "a", "two\nlines \x1b[2J and \xff");
  shown.run.finish(core::ExecutionStatus::failed);
  CHECK(shown.screen()[1].starts_with("└─ ✗ a   two lines  [2J and \uFFFD"));
  CHECK(shown.screen().size() == 2);
}

TEST_CASE("each frame is one piece that hides the cursor first and shows it last") {
  Shown shown(nightly());
  shown.run.running();
  const std::string& frame = shown.terminal.err().collected();
  CHECK(frame.starts_with("\x1b[?2026h\x1b[?25l\r"));
  CHECK(frame.ends_with("\x1b[J\x1b[?25h\x1b[?2026l"));
}
