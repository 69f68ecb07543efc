#include "cli/io/table.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace goflow::cli;
using namespace std::chrono_literals;

namespace {

const core::Timestamp now = *core::parse_rfc3339("2026-11-20T12:00:00Z");

Table workflows() {
  Table table({{"NAME"},
               {"VERSION", Align::right},
               {"NODES", Align::right},
               {"LAST RUN"},
               {""},
               {"UPDATED"}});
  table.add({text_cell("nightly"),
             number_cell(7),
             number_cell(5),
             status_cell(core::ExecutionStatus::completed),
             time_cell(now - 2h, now),
             time_cell(now - 72h, now)});
  table.add({text_cell("onboard"),
             number_cell(1),
             number_cell(14),
             mark_cell(neutral_mark("never")),
             blank_cell(),
             time_cell(now - 4min, now)});
  return table;
}

std::string written(const Table& table,
                    TerminalFacts facts,
                    TableForm form = TableForm::automatic) {
  Terminal terminal = Terminal::captured(facts);
  table.write(terminal, form);
  return terminal.out().collected();
}

TerminalFacts eye(std::size_t columns) {
  return {.stdout_is_terminal = true, .colour = ColourWish::never, .size = {columns, 24}};
}

}  // namespace

TEST_CASE("on a terminal columns are aligned under a header") {
  CHECK(written(workflows(), eye(80)) ==
        "NAME     VERSION  NODES  LAST RUN                  UPDATED\n"
        "nightly        7      5  ✓ completed  2 hours ago  3 days ago\n"
        "onboard        1     14  - never                   4 minutes ago\n");
}

TEST_CASE("in a pipe everything is whole, bare and separated by tabs") {
  const std::string bare =
      "nightly\t7\t5\tcompleted\t2026-11-20T10:00:00Z\t2026-11-17T12:00:00Z\n"
      "onboard\t1\t14\tnever\t-\t2026-11-20T11:56:00Z\n";
  CHECK(written(workflows(), {}) == bare);
  CHECK(written(workflows(), eye(80), TableForm::bare) == bare);
}

TEST_CASE("the header is dim and symbols have their colour") {
  Table table({{"NAME"}, {"STATUS"}});
  table.add({text_cell("a"), status_cell(core::NodeStatus::failed)});
  CHECK(written(table, {.stdout_is_terminal = true}) ==
        "\x1b[2mNAME\x1b[0m  \x1b[2mSTATUS\x1b[0m\na     \x1b[31m✗ failed\x1b[0m\n");
}

TEST_CASE("what does not fit is cut, the longest text first, and numbers never") {
  Table table({{"NAME"}, {"SIZE", Align::right}, {"WHY"}});
  table.add({text_cell("reports"),
             size_cell(48'100'000),
             text_cell("unreferenced for more than thirty days")});
  CHECK(written(table, eye(40)) ==
        "NAME        SIZE  WHY\n"
        "reports  48.1 MB  unreferenced for more…\n");
  CHECK(written(table, eye(20)) ==
        "NAME        SIZE  W…\n"
        "reports  48.1 MB  u…\n");
}

TEST_CASE("wide characters keep their columns") {
  Table table({{"NAME"}, {"N", Align::right}});
  table.add({text_cell("日報"), number_cell(1)});
  table.add({text_cell("daily"), number_cell(20)});
  CHECK(written(table, eye(40)) == "NAME    N\n日報    1\ndaily  20\n");
}

TEST_CASE("cells cannot break the table, neither for the eye nor for a program") {
  Table table({{"NAME"}, {"ID"}});
  table.add(
      {text_cell("a\tb\n\x1b[2Jc"), short_cell("5ywz6r0b", "wex-01m7vaxa507xk2p9tn5ywz6r0b")});
  CHECK(written(table, {}) == "a b  [2Jc\twex-01m7vaxa507xk2p9tn5ywz6r0b\n");
  CHECK(written(table, eye(80)) == "NAME       ID\na b  [2Jc  5ywz6r0b\n");
}

TEST_CASE("a table without rows writes nothing") {
  CHECK(written(Table({{"NAME"}}), eye(80)).empty());
}
