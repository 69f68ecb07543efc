#include "core/claimcheck/compression.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace goflow;
using core::Codec;

namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

std::string random_bytes(std::size_t count) {
  std::mt19937 generator(1);
  std::string bytes(count, '\0');
  std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<char>(generator()); });
  return bytes;
}

const std::vector<core::Compression> compressions = {
    {Codec::gzip, 1}, {Codec::gzip, 9}, {Codec::zstd, 3}, {Codec::zstd, 19}};

std::string smaller(const std::string& payload, const core::Compression& compression) {
  const auto result = core::compressed(payload, compression);
  REQUIRE(result.ok());
  REQUIRE(result->has_value());
  return **result;
}

}  // namespace

TEST_CASE("text gets less than half as long, and comes back byte for byte") {
  const std::string text = repeated("{\"region\":\"eu\",\"amount\":12.5}\n", 5000);
  for (const core::Compression& compression : compressions) {
    CAPTURE(to_string(compression.codec));
    const std::string stored = smaller(text, compression);
    CHECK(stored.size() < text.size() / 2);
    CHECK(core::codec_by_magic(stored) == compression.codec);
    CHECK(*core::decompressed(stored, compression.codec, text.size()) == text);
    CHECK(smaller(text, compression) == stored);
  }
}

TEST_CASE("what would not get smaller stays as it is") {
  for (const core::Compression& compression : compressions) {
    CAPTURE(to_string(compression.codec));
    for (const std::string& payload : {std::string(), std::string("x"), random_bytes(100'000)}) {
      const auto result = core::compressed(payload, compression);
      REQUIRE(result.ok());
      CHECK_FALSE(result->has_value());
    }
  }
}

TEST_CASE("pieces of any length give what the whole gives") {
  const std::string text = repeated("to be or not to be\n", 20'000);
  for (const core::Compression& compression : compressions) {
    const auto compressor = core::make_compressor(compression);
    std::string stored;
    for (std::size_t at = 0; at < text.size(); at += 1009) {
      REQUIRE(compressor->add(text.substr(at, 1009), stored).ok());
    }
    REQUIRE(compressor->finish(stored).ok());

    const auto decompressor = core::make_decompressor(compression.codec, text.size());
    std::string payload;
    for (std::size_t at = 0; at < stored.size(); at += 7) {
      REQUIRE(decompressor->add(stored.substr(at, 7), payload).ok());
    }
    REQUIRE(decompressor->finish(payload).ok());
    CHECK(payload == text);
  }
}

TEST_CASE("a bomb is given up as soon as more comes out than was put in") {
  const std::string zeros(50'000'000, '\0');
  for (const core::Compression& compression : compressions) {
    CAPTURE(to_string(compression.codec));
    const std::string bomb = smaller(zeros, compression);
    const auto decompressor = core::make_decompressor(compression.codec, 1000);
    std::string out;
    const auto result = decompressor->add(bomb, out);
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().message == "more than 1000 bytes come out of it");
    CHECK(out.size() <= 1001);
  }
}

TEST_CASE("a payload of exactly the allowed size is taken, one byte more is not") {
  const std::string text = repeated("a", 70'000);
  for (const core::Compression& compression : compressions) {
    const std::string stored = smaller(text, compression);
    CHECK(core::decompressed(stored, compression.codec, 70'000).ok());
    CHECK_FALSE(core::decompressed(stored, compression.codec, 69'999).ok());
  }
}

TEST_CASE("what was cut off, goes on after its end or was changed is refused") {
  const std::string text = repeated("some text to keep\n", 2000);
  for (const core::Compression& compression : compressions) {
    CAPTURE(to_string(compression.codec));
    const std::string stored = smaller(text, compression);
    CHECK_FALSE(
        core::decompressed(stored.substr(0, stored.size() - 1), compression.codec, 1 << 20));
    CHECK_FALSE(core::decompressed(stored + "x", compression.codec, 1 << 20).ok());
    CHECK_FALSE(core::decompressed(stored + stored, compression.codec, 1 << 20).ok());
    CHECK_FALSE(core::decompressed("", compression.codec, 1 << 20).ok());
    std::string changed = stored;
    changed[0] = 'x';
    CHECK_FALSE(core::decompressed(changed, compression.codec, 1 << 20).ok());
  }
}

TEST_CASE("without a codec the bytes are those that were stored") {
  CHECK(*core::decompressed("plain", Codec::none, 5) == "plain");
  CHECK_FALSE(core::decompressed("plain", Codec::none, 4).ok());
  CHECK(core::codec_by_magic("plain") == Codec::none);
}
