#include "cli/io/width.hpp"

#include "cli/io/utf8.hpp"

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

TEST_CASE("what is not UTF-8 is replaced byte by byte") {
  CHECK(valid_utf8("grün") == "grün");
  CHECK(valid_utf8("\xc0\x80") == "\uFFFD\uFFFD");            // too long a form
  CHECK(valid_utf8("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD");  // half of a surrogate pair
  CHECK(valid_utf8("\xf4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
  CHECK(valid_utf8("\xe2\x82") == "\uFFFD\uFFFD");
}

TEST_CASE("a character that is not complete yet is left for the next piece") {
  CHECK(complete_length("ab") == 2);
  CHECK(complete_length("a\xe2\x82") == 1);
  CHECK(complete_length("a\xe2\x82\xac") == 4);
  CHECK(complete_length("\xf0\x9f\x9a") == 0);
  CHECK(complete_length("a\xff") == 2);              // never will be complete
  CHECK(complete_length("a\x80\x80\x80\x80") == 5);  // nor this
  CHECK(complete_length("") == 0);
}
