#include "core/secret/secret_form.hpp"

#include "core/base/base64.hpp"
#include "core/secret/redactor.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace goflow::core;

namespace {

std::string redacted(const std::string& secret, const std::string& text) {
  Redactor redactor;
  redactor.learn(secret);
  return redactor.redact(text);
}

/// Everything that a text shows when it is in base64, in the URL alphabet and without padding.
std::string in_url_alphabet(const std::string& bytes) {
  std::string letters = encode_base64(bytes);
  std::replace(letters.begin(), letters.end(), '+', '-');
  std::replace(letters.begin(), letters.end(), '/', '_');
  letters.erase(std::min(letters.find('='), letters.size()));
  return letters;
}

std::string in_lines_of(std::size_t length, const std::string& letters, const std::string& end) {
  std::string lines;
  for (std::size_t at = 0; at < letters.size(); at += length) {
    lines += letters.substr(at, length) + end;
  }
  return lines;
}

}  // namespace

TEST_CASE("a secret is masked in every way in which programs write it") {
  struct Row {
    const char* secret;
    const char* text;
    const char* expected;
  };
  for (const Row& row : std::vector<Row>{
           {"hunter2!", "password=hunter2!;", "password=***;"},
           {"hunter2!", "hunter2hunter2!", "hunter2***"},
           // JSON: short escapes, by number in either case, as few as needed or as many as possible
           {"a\"b\\c/d", R"({"p":"a\"b\\c/d"})", R"({"p":"***"})"},
           {"a\"b\\c/d", R"({"p":"a\"b\\c\/d"})", R"({"p":"***"})"},
           {"a\"b\\c/d", R"({"p":"a\u0022b\u005cc\u002Fd"})", R"({"p":"***"})"},
           {"p<>&'q", R"(p\u003c\u003e\u0026\u0027q)", "***"},
           {"p<>&'q", R"(p\u003C\u003E&'q)", "***"},
           {"tab\there", R"(tab\there tab\u0009here)", "*** ***"},
           {"pass\u00e9", R"(pass\u00e9 pass\u00E9 passé)", "*** *** ***"},
           {"\U0001F511key", R"(\ud83d\udd11key \uD83D\uDD11key)", "*** ***"},
           {"one\ntwo!\nthree", R"(one\ntwo!\nthree)", "***"},
           {"cr\r\nlf--", R"(cr\r\nlf--)", "***"},
           // URLs: what must be escaped and what some escape; a space in two ways
           {"s3cr3t/+key==", "k=s3cr3t%2F%2Bkey%3D%3D&", "k=***&"},
           {"s3cr3t/+key==", "k=s3cr3t%2f%2bkey%3d%3d&", "k=***&"},
           {"s3cr3t/+key==", "k=s3cr3t/+key%3D%3D&", "k=***&"},
           {"two words!", "q=two+words%21 q=two%20words! q=two+words!", "q=*** q=*** q=***"},
           {"100%sure", "100%25sure", "***"},
           {"p\u00e4ss", "p%C3%A4ss p%c3%a4ss", "*** ***"},
           // white space around a value is cut off by many programs
           {"token\n", "token", "***"},
           {"  token  ", "[token]", "[***]"},
       }) {
    CAPTURE(row.secret);
    CHECK(redacted(row.secret, row.text) == row.expected);
  }
}

TEST_CASE("each line of a value is a secret") {
  const std::string key = "-----BEGIN KEY-----\n  c2VjcmV0IQ\r\n}\n\n   \n-----END KEY-----\n";
  CHECK(redacted(key, key) == "***\n");
  CHECK(redacted(key, "> c2VjcmV0IQ\n> -----END KEY-----\n> }\n") == "> ***\n> ***\n> }\n");
}

TEST_CASE("base64 is masked at every alignment, in both alphabets, padded or not") {
  // Its letters need both that differ between the alphabets.
  const std::string secret = "\xfb\xff?>~~pass\xfb\xef\xbe";
  for (const std::string before : {"", "u", "us", "use", "user"}) {
    for (const std::string after : {"", "1", "12", "123"}) {
      for (std::size_t length = 4; length <= secret.size(); ++length) {
        CAPTURE(before);
        CAPTURE(length);
        const std::string part = secret.substr(0, length);
        for (const std::string& letters :
             {encode_base64(before + part + after), in_url_alphabet(before + part + after)}) {
          const std::string masked = redacted(part, letters);
          const std::size_t mask = masked.find("***");
          REQUIRE(mask != std::string::npos);
          // Before it: what is of other bytes, if only in part. After it: of other bytes alone.
          CHECK(mask == (8 * before.size() + 5) / 6);
          const std::size_t bits = 8 * (before + part).size();
          const std::size_t shown = after.empty() ? letters.size() : (bits + 5) / 6;
          CHECK(masked.substr(mask + 3) == letters.substr(shown));
        }
      }
    }
  }
}

TEST_CASE("base64 is masked where it is broken into lines") {
  const std::string secret = "a key that is longer than one line of base64 and so on to its end";
  for (const std::size_t length : {4, 5, 6, 7, 64, 76}) {
    for (const std::string end : {"\n", "\r\n"}) {
      const std::string lines = in_lines_of(length, encode_base64(secret), end);
      CHECK(redacted(secret, lines) == "***" + end);
    }
  }
}

TEST_CASE("letters of base64 that are only like those of a secret stay") {
  // One letter is another: the last that is whole, and one that shares its bits with what follows.
  CHECK(redacted("secret", "c2VjcmV0 c2VjcmV1") == "*** c2VjcmV1");
  CHECK(redacted("secrets", "c2VjcmV0cw== c2VjcmV0cx c2VjcmV0cQ==") == "*** *** ***Q==");
}

TEST_CASE("what can be masked") {
  CHECK(maskable("four") == Maskable::yes);
  CHECK(maskable("one\nlines") == Maskable::except_short_lines);
  CHECK(maskable("-----\n\n   \nline\n") == Maskable::yes);
  CHECK(maskable("abc") == Maskable::no);
  CHECK(maskable("  abc \n") == Maskable::no);
  CHECK(maskable("       ") == Maskable::no);
  CHECK(maskable("") == Maskable::no);
}

TEST_CASE("a value that cannot be masked leaves texts as they are") {
  CHECK(redacted("abc", "abc YWJj") == "abc YWJj");
  CHECK(redacted(" \n  \t \n", "a    b \n  \t \n") == "a    b \n  \t \n");
}
