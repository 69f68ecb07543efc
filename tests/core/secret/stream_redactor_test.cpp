#include "core/secret/stream_redactor.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace goflow::core;

namespace {

std::string streamed(const Redactor& redactor, const std::vector<std::string_view>& chunks) {
  StreamRedactor stream(redactor);
  std::string text;
  for (const std::string_view chunk : chunks) {
    text += stream.redact(chunk);
  }
  return text + stream.finish();
}

}  // namespace

TEST_CASE("a stream is redacted like the whole text, wherever its chunks end") {
  Redactor redactor;
  redactor.learn("abcd");
  redactor.learn("cdefgh");
  redactor.learn("two words\nlast\u00e9");
  const std::string text =
      "abcdefgh! YWJjZA== YWJj\nZA=k two+words%0Alast%c3%a9 last\\u00e9 abcabcd two word cdefg";
  const std::string whole = redactor.redact(text);
  CHECK(whole == "***! *** ***k *** *** abc*** two word cdefg");
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (std::size_t second = first; second <= text.size(); ++second) {
      const std::string_view view = text;
      CAPTURE(first);
      CAPTURE(second);
      REQUIRE(streamed(redactor,
                       {view.substr(0, first),
                        view.substr(first, second - first),
                        view.substr(second)}) == whole);
    }
  }
  std::vector<std::string_view> bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    bytes.push_back(std::string_view(text).substr(at, 1));
  }
  CHECK(streamed(redactor, bytes) == whole);
}

TEST_CASE("a stream holds back only what may be the beginning of a secret") {
  Redactor redactor;
  redactor.learn("hunter2!");
  StreamRedactor stream(redactor);
  CHECK(stream.redact("password? ") == "password? ");
  CHECK(stream.redact("a h") == "a ");
  CHECK(stream.redact("unter") == "");
  CHECK(stream.redact("s meet hunter2") == "hunters meet ");
  CHECK(stream.redact("!") == "***");
  CHECK(stream.redact("hunt") == "");
  CHECK(stream.finish() == "hunt");
  CHECK(stream.redact("er2!") == "er2!");
  CHECK(stream.finish().empty());
}

TEST_CASE("one mask stands for secrets that overlap without end, and they are not gathered") {
  Redactor redactor;
  redactor.learn("aaaa");
  StreamRedactor stream(redactor);
  CHECK(stream.redact("aaaa") == "***");
  for (int i = 0; i < 100; ++i) {
    CHECK(stream.redact("aaaaaaaaaa").empty());
  }
  CHECK(stream.redact("aab aaaa") == "b ***");
  CHECK(stream.finish().empty());
}

TEST_CASE("what is learned between two chunks is masked from then on, in what is held back too") {
  Redactor redactor;
  redactor.learn("abcd-efgh");
  StreamRedactor stream(redactor);
  CHECK(stream.redact("x abcd-") == "x ");
  redactor.learn("bcd-");
  CHECK(stream.redact(".") == "a***.");
}
