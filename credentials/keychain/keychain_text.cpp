#include "credentials/keychain/keychain_text.hpp"

#include "core/base/base64.hpp"

#include <algorithm>
#include <string>

namespace goflow::credentials {
namespace {

using core::Secret;
using core::SecretBuffer;

constexpr std::string_view base64_mark = "go-keyring-base64:";
constexpr std::string_view hex_mark = "go-keyring-encoded:";

int hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

std::optional<Secret> from_hex(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  SecretBuffer bytes(digits.size() / 2);
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    const int high = hex_digit(digits[at]);
    const int low = hex_digit(digits[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.append(static_cast<char>(high * 16 + low));
  }
  return std::move(bytes).finish();
}

/// In pieces, since what a longer text left behind while it grew would not be wiped.
std::optional<Secret> from_base64(std::string_view text) {
  constexpr std::size_t piece = 16;
  SecretBuffer bytes(text.size());
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    auto decoded = core::decode_base64(text.substr(0, piece));
    const bool is_padded_early = decoded && text.size() > piece && decoded->size() < 12;
    if (!decoded || is_padded_early) return std::nullopt;
    bytes.append(*decoded);
    core::wipe(*decoded);
  }
  return std::move(bytes).finish();
}

}  // namespace

Secret to_keychain_text(const Secret& value) {
  std::string encoded = core::encode_base64(value.expose());
  SecretBuffer text(base64_mark.size() + encoded.size());
  text.append(base64_mark);
  text.append(encoded);
  core::wipe(encoded);
  return std::move(text).finish();
}

std::optional<Secret> from_keychain_text(std::string_view text) {
  if (text.starts_with(base64_mark)) return from_base64(text.substr(base64_mark.size()));
  if (text.starts_with(hex_mark)) return from_hex(text.substr(hex_mark.size()));
  return Secret::copy_of(text);
}

}  // namespace goflow::credentials
