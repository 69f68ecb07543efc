// What it costs to look for secrets in what programs print:
//   bench_redactor redact MEGABYTES     with 100 known values of usual kinds, none of which is
//   there bench_redactor stream MEGABYTES     the same, in chunks as they come out of a pipe
//   bench_redactor copy MEGABYTES       the bound: the same text, only copied
#include "core/base/base64.hpp"
#include "core/secret/stream_redactor.hpp"

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace goflow::core;

constexpr std::size_t megabyte = 1'000'000;
constexpr std::size_t chunk_size = 65536;  // what a pipe holds

class Maker {
 public:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  std::string letters(std::size_t length) {
    constexpr std::string_view alphabet =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    std::string made;
    for (std::size_t i = 0; i < length; ++i) {
      made += alphabet[below(alphabet.size())];
    }
    return made;
  }

 private:
  std::mt19937 random_{7};
};

/// Tokens that begin alike, passwords with marks, addresses, keys of several lines.
Redactor redactor_of_100_values(Maker& maker) {
  Redactor redactor;
  for (int i = 0; i < 25; ++i) {
    redactor.learn("ghp_" + maker.letters(36));
    redactor.learn(maker.letters(6) + "!\"/" + maker.letters(6));
    redactor.learn("postgres://ann:" + maker.letters(12) + "@db.internal:5432/orders");
    std::string key = "-----BEGIN PRIVATE KEY-----\n";
    for (int line = 0; line < 26; ++line) {
      key += encode_base64(maker.letters(48)) + "\n";
    }
    redactor.learn(key + "-----END PRIVATE KEY-----\n");
  }
  return redactor;
}

/// Log lines, JSON and base64 in turn, a megabyte of them.
std::string printed_text(Maker& maker) {
  std::string text;
  while (text.size() < megabyte) {
    text += "2026-11-20T02:00:04.312Z INFO  order " + std::to_string(maker.below(1'000'000)) +
            " was sent to https://shop.example.com/orders, 3 items in 2 parcels\n";
    text += R"({"id":")" + maker.letters(26) +
            R"(","status":"completed","total":99.5,"tags":[]})"
            "\n";
    text += encode_base64(maker.letters(57)) + "\n";
  }
  text.resize(megabyte);
  return text;
}

std::size_t redact_whole(const Redactor& redactor, const std::string& text) {
  return redactor.masked(text) ? 0 : text.size();
}

std::size_t redact_in_chunks(const Redactor& redactor, std::string_view text) {
  StreamRedactor stream(redactor);
  std::size_t size = 0;
  for (; !text.empty(); text.remove_prefix(std::min(chunk_size, text.size()))) {
    size += stream.redact(text.substr(0, chunk_size)).size();
  }
  return size + stream.finish().size();
}

std::size_t copy(std::string_view text) {
  std::size_t size = 0;
  for (; !text.empty(); text.remove_prefix(std::min(chunk_size, text.size()))) {
    const std::string chunk(text.substr(0, chunk_size));
    size += chunk.size() - static_cast<std::size_t>(chunk.back() == '\0');
  }
  return size;
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return 2;
  const std::string_view mode = words[1];
  Maker maker;
  const std::string text = printed_text(maker);
  const Redactor redactor = mode == "copy" ? Redactor() : redactor_of_100_values(maker);
  for (int left = std::atoi(words[2]); left > 0; --left) {
    const std::size_t size = mode == "redact"   ? redact_whole(redactor, text)
                             : mode == "stream" ? redact_in_chunks(redactor, text)
                                                : copy(text);
    if (size != text.size()) {
      std::cerr << "error: a text without secrets was changed\n";
      return 1;
    }
  }
  return 0;
}
