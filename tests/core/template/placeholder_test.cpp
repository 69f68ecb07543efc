#include "core/template/placeholder.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::core;

namespace {

/// Literals as they are, parameters in angle brackets.
std::string pieces_of(const std::string& text) {
  std::string all;
  for (const TemplatePiece& piece : template_pieces(text)) {
    all += piece.is_parameter ? "<" + piece.text + ">" : piece.text;
  }
  return all;
}

}  // namespace

TEST_CASE("an identifier in double braces is a placeholder, all else is text") {
  CHECK(pieces_of("") == "");
  CHECK(pieces_of("{{folder}}") == "<folder>");
  CHECK(pieces_of("a {{ x }}{{y_2}} b") == "a <x><y_2> b");
  CHECK(pieces_of("{{ }} {{}} {{.Names}} {{2x}} {{x y}} {{x") ==
        "{{ }} {{}} {{.Names}} {{2x}} {{x y}} {{x");
  CHECK(pieces_of("{x} ${x} ${{x}} }}") == "{x} ${x} $<x> }}");
  CHECK(pieces_of("{{{x}}}") == "{<x>}");
}

TEST_CASE("a backslash makes the braces literal") {
  CHECK(pieces_of(R"(\{{x}} {{x}} \ \x)") == R"({{x}} <x> \ \x)");
}

TEST_CASE("a text that is one placeholder can be told from one that holds one") {
  CHECK(sole_parameter("{{ keep }}") == "keep");
  CHECK(sole_parameter(" {{keep}}") == "");
  CHECK(sole_parameter("{{a}}{{b}}") == "");
  CHECK(sole_parameter("keep") == "");
}
