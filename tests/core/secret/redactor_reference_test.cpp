#include "core/base/base64.hpp"
#include "core/secret/stream_redactor.hpp"
#include "tests/support/naive_redactor.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace goflow;
using namespace goflow::core;

namespace {

/// Few letters, so that secrets overlap; and all that some spelling escapes.
const std::vector<std::vector<std::string>> alphabets{
    {"a", "b"},
    {"a", "\"", "\\", "/", "\n", " "},
    {"a", "%", "+", " ", "=", "2", "5"},
    {"\u00e9", "\U0001F511", "\xff", "a", std::string(1, '\0')},
    {"Y", "W", "J", "j", "Z", "A", "=", "\r\n"},
};

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed), alphabet_(alphabets[below(alphabets.size())]) {}

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  std::string text(std::size_t length) {
    std::string made;
    for (std::size_t i = 0; i < length; ++i) {
      made += alphabet_[below(alphabet_.size())];
    }
    return made;
  }
  /// A part of a text that may or may not show the secret.
  std::string piece(const std::string& secret) {
    const std::string around = below(2) == 0 ? secret : text(below(3)) + secret + text(below(3));
    switch (below(5)) {
      case 0:
        return text(below(8));
      case 1:
        return around.substr(below(around.size()));
      case 2:
        return in_json(around);
      case 3:
        return in_url(around);
      default:
        return broken(encode_base64(around));
    }
  }

 private:
  std::string in_json(const std::string& plain) {
    std::string written;
    for (const char letter : plain) {
      const auto byte = static_cast<unsigned char>(letter);
      const bool is_escaped = letter == '"' || letter == '\\' || byte < 32 || below(3) == 0;
      const bool is_plain = byte >= 128 || !is_escaped;
      written += is_plain
                     ? std::string(1, letter)
                     : fmt::format(fmt::runtime(below(2) == 0 ? "\\u{:04x}" : "\\u{:04X}"), byte);
    }
    return written;
  }
  std::string in_url(const std::string& plain) {
    std::string written;
    for (const char letter : plain) {
      const auto byte = static_cast<unsigned char>(letter);
      if (letter != '%' && below(2) == 0) {
        written += letter == ' ' ? '+' : letter;
      } else {
        written += fmt::format(fmt::runtime(below(2) == 0 ? "%{:02x}" : "%{:02X}"), byte);
      }
    }
    return written;
  }
  std::string broken(std::string letters) {
    if (below(2) == 0) letters.insert(below(letters.size() + 1), below(2) == 0 ? "\n" : "\r\n");
    return letters;
  }

  std::mt19937 random_;
  const std::vector<std::string>& alphabet_;
};

}  // namespace

TEST_CASE("made-up texts are redacted as a naive reader of them would") {
  int masked = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Maker maker(seed);
    std::vector<std::string> secrets;
    Redactor redactor;
    for (std::size_t count = 1 + maker.below(4); count > 0; --count) {
      secrets.push_back(maker.text(3 + maker.below(6)));
      redactor.learn(secrets.back());
    }
    std::string text;
    StreamRedactor stream(redactor);
    std::string streamed;
    for (int count = 0; count < 8; ++count) {
      const std::string piece = maker.piece(secrets[maker.below(secrets.size())]);
      text += piece;
      const std::size_t cut = maker.below(piece.size() + 1);
      streamed += stream.redact(std::string_view(piece).substr(0, cut));
      streamed += stream.redact(std::string_view(piece).substr(cut));
    }
    streamed += stream.finish();

    CAPTURE(seed);
    CAPTURE(text);
    const std::string expected = test::naively_redacted(text, secrets);
    REQUIRE(redactor.redact(text) == expected);
    REQUIRE(streamed == expected);
    if (text != expected) ++masked;
  }
  // Enough to say something.
  CHECK(masked > 2000);
}
