#include "core/claimcheck/blob_key.hpp"

#include "core/base/uuid.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>

namespace goflow::core {
namespace {

using Octets = std::array<unsigned char, 16>;

constexpr std::string_view versions = "48";
constexpr std::string_view variants = "89ab";

std::string spell(Octets octets, unsigned version) {
  octets[6] = static_cast<unsigned char>((octets[6] & 0x0fU) | (version << 4U));
  octets[8] = static_cast<unsigned char>((octets[8] & 0x3fU) | 0x80U);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += digits[octets[i] >> 4U];
    text += digits[octets[i] & 15U];
  }
  return text;
}

}  // namespace

std::optional<BlobKey> BlobKey::parse(std::string_view text) {
  if (!is_uuid(text)) return std::nullopt;
  if (versions.find(text[14]) == std::string_view::npos) return std::nullopt;
  if (variants.find(text[19]) == std::string_view::npos) return std::nullopt;
  return BlobKey(std::string(text));
}

BlobKey BlobKey::of_content(const Sha256Digest& hash) {
  Octets octets{};
  std::copy_n(hash.begin(), octets.size(), octets.begin());
  return BlobKey(spell(octets, 8));
}

BlobKey BlobKey::random() {
  std::random_device chance;
  Octets octets{};
  for (unsigned char& octet : octets) {
    octet = static_cast<unsigned char>(chance());
  }
  return BlobKey(spell(octets, 4));
}

}  // namespace goflow::core
