#include "core/claimcheck/blob_record.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace goflow::core {
namespace {

template <class T, std::size_t count>
using Words = std::array<std::pair<T, std::string_view>, count>;

template <class T, std::size_t count>
std::string_view word_of(const Words<T, count>& words, T value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return {};
}

template <class T, std::size_t count>
std::optional<T> value_of(const Words<T, count>& words, std::string_view text) {
  for (const auto& [value, word] : words) {
    if (word == text) return value;
  }
  return std::nullopt;
}

constexpr Words<Codec, 3> codecs{
    {{Codec::none, "none"}, {Codec::gzip, "gzip"}, {Codec::zstd, "zstd"}}};

constexpr Words<BlobState, 5> states{{{BlobState::writing, "writing"},
                                      {BlobState::present, "present"},
                                      {BlobState::deleting, "deleting"},
                                      {BlobState::expired, "expired"},
                                      {BlobState::corrupt, "corrupt"}}};

constexpr Words<BlobOrigin, 2> origins{{{BlobOrigin::run, "run"}, {BlobOrigin::manual, "manual"}}};

constexpr Words<Encoding, 3> encodings{
    {{Encoding::json, "json"}, {Encoding::text, "text"}, {Encoding::bytes, "bytes"}}};

}  // namespace

std::string_view to_string(Codec codec) {
  return word_of(codecs, codec);
}

std::optional<Codec> parse_codec(std::string_view word) {
  return value_of(codecs, word);
}

std::string_view to_string(BlobState state) {
  return word_of(states, state);
}

std::optional<BlobState> parse_blob_state(std::string_view word) {
  return value_of(states, word);
}

std::string_view to_string(BlobOrigin origin) {
  return word_of(origins, origin);
}

std::optional<BlobOrigin> parse_blob_origin(std::string_view word) {
  return value_of(origins, word);
}

std::string_view to_string(Encoding encoding) {
  return word_of(encodings, encoding);
}

std::optional<Encoding> parse_encoding(std::string_view word) {
  return value_of(encodings, word);
}

}  // namespace goflow::core
