#include "engine/loop/captured_log.hpp"

#include <doctest/doctest.h>

#include <string>

using goflow::engine::CapturedLog;

TEST_CASE("a short log is kept whole") {
  CapturedLog log;
  CHECK(log.empty());
  log.append("one\n");
  log.append("two\n");
  CHECK_FALSE(log.empty());
  CHECK(log.content() == "one\ntwo\n");
  const std::string exactly_full(50UL * 1024 - 8, 'x');
  log.append(exactly_full);
  CHECK(log.content() == "one\ntwo\n" + exactly_full);
}

TEST_CASE("of a long log the beginning and the end are kept, however it comes") {
  std::string whole;
  for (int i = 0; whole.size() < 1'000'000; ++i) {
    whole += std::to_string(i) + "\n";
  }
  const std::size_t part = 25UL * 1024;
  const std::string expected = whole.substr(0, part) + "\n… " +
                               std::to_string(whole.size() - 2 * part) + " bytes left out …\n" +
                               whole.substr(whole.size() - part);
  for (const std::size_t piece : {1UL, 7UL, 4096UL, 65536UL, whole.size()}) {
    CAPTURE(piece);
    CapturedLog log;
    for (std::size_t at = 0; at < whole.size(); at += piece) {
      log.append(std::string_view(whole).substr(at, piece));
    }
    CHECK(log.content() == expected);
  }
}

TEST_CASE("the last lines are those before the last line end") {
  CapturedLog log;
  CHECK(log.last_lines(2).empty());
  log.append("one\n");
  CHECK(log.last_lines(2) == "one");
  log.append("two\nthree\n\n");
  CHECK(log.last_lines(2) == "two\nthree");
  CHECK(log.last_lines(9) == "one\ntwo\nthree");
}
