#include "cli/io/width.hpp"

#include <doctest/doctest.h>

using namespace goflow::cli;

TEST_CASE("width is counted in columns") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("é") == 1);
  CHECK(display_width("e\u0301") == 1);  // a combining accent
  CHECK(display_width("日本") == 4);
  CHECK(display_width("한국") == 4);
  CHECK(display_width("🚀") == 2);
  CHECK(display_width("✓⠹█─│·…") == 7);
  CHECK(display_width("\u200B") == 0);
  CHECK(display_width("\xff\xfe") == 2);
}

TEST_CASE("a text that is too long ends with an ellipsis and never exceeds the width") {
  CHECK(cut_to("abcdef", 6) == "abcdef");
  CHECK(cut_to("abcdef", 5) == "abcd…");
  CHECK(cut_to("abcdef", 5, "...") == "ab...");
  CHECK(cut_to("abcdef", 2, "...") == "..");
  CHECK(cut_to("abcdef", 0).empty());
  CHECK(cut_to("日本語", 6) == "日本語");
  CHECK(cut_to("日本語", 5) == "日本…");
  CHECK(cut_to("日本語", 4) == "日…");
  CHECK(cut_to("cafe\u0301s", 5) == "cafe\u0301s");
}

TEST_CASE("padding counts columns, not bytes") {
  CHECK(pad_right("日本", 6) == "日本  ");
  CHECK(pad_left("é", 3) == "  é");
  CHECK(pad_right("longer", 3) == "longer");
}

TEST_CASE("text of others becomes one harmless line") {
  CHECK(one_line("a\nb\tc") == "a b c");
  CHECK(one_line("  \r\nend\n") == "end");
  CHECK(one_line("\x1b[31mred") == "[31mred");
  CHECK(one_line("\xc2\x9b"
                 "31m") == "31m");  // CSI as one character
  CHECK(one_line("a\xffz") == "a\uFFFDz");
  CHECK(one_line("\n\n").empty());
}
