#include "cli/io/diagram_drawing.hpp"

#include <doctest/doctest.h>

using namespace goflow::cli;
using goflow::core::DiagramScope;

namespace {

std::string draw_plain(const DiagramScope& scope, Charset charset = Charset::utf8) {
  return draw(goflow::core::lay_out(scope), Style(Colour::off, charset));
}

DiagramScope diamond() {
  return {"diamond",
          {{"a", "shell", "", {}},
           {"b", "shell", "", {}},
           {"c", "shell", "", {}},
           {"d", "shell", "", {}}},
          {{0, 1, "true"}, {0, 2}, {1, 3}, {2, 3}}};
}

}  // namespace

TEST_CASE("a fan-out and a join are readable") {
  CHECK(draw_plain(diamond()) ==
        "        ┌───────────┐\n"
        "        │ a  shell  │\n"
        "        └─────┬─────┘\n"
        "      ┌───────┴───────┐\n"
        "      ▼ true          ▼\n"
        "┌───────────┐   ┌───────────┐\n"
        "│ b  shell  │   │ c  shell  │\n"
        "└─────┬─────┘   └─────┬─────┘\n"
        "      └───────┬───────┘\n"
        "              ▼\n"
        "        ┌───────────┐\n"
        "        │ d  shell  │\n"
        "        └───────────┘\n");
}

TEST_CASE("without UTF-8 the same is drawn with plain characters") {
  const std::string drawing = draw_plain(diamond(), Charset::ascii);
  CHECK(drawing.find("+-----+-----+") != std::string::npos);
  CHECK(drawing.find("v true") != std::string::npos);
  for (const char character : drawing) {
    CHECK(static_cast<unsigned char>(character) < 0x80);
  }
}

TEST_CASE("a group has round corners and its name in the border") {
  DiagramScope loop{"loop", {{"each", "loop", "", {}}}, {}};
  loop.nodes[0].scopes.push_back({"", {{"step", "shell", "", {}}}, {}});
  CHECK(draw_plain(loop) ==
        "╭─ each  loop ────╮\n"
        "│ ┌─────────────┐ │\n"
        "│ │ step  shell │ │\n"
        "│ └─────────────┘ │\n"
        "╰─────────────────╯\n");
}

TEST_CASE("colours wrap whole runs") {
  const DiagramScope one{"one", {{"a", "shell", "", {}}}, {}};
  const std::string drawing = draw(goflow::core::lay_out(one), Style(Colour::on, Charset::utf8));
  CHECK(drawing.find("\x1b[1ma") != std::string::npos);
}
