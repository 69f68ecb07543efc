#include "credentials/encrypted_file/sodium.hpp"

#include "credentials/encrypted_file/envelope.hpp"

#include <sodium.h>

#include <cstdlib>

namespace goflow::credentials {
namespace {

using core::Secret;
using core::SecretBuffer;

constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
constexpr std::size_t key_digits = 2 * envelope_key_size;

/// Without the zero that the library puts behind it.
std::size_t encoded_size(std::size_t size) {
  return sodium_base64_encoded_len(size, variant) - 1;
}

/// Enough for the bytes of a base64 text.
std::size_t room_for(std::string_view text) {
  return text.size() / 4 * 3 + 3;
}

/// nullopt: it is not base64. Else how many bytes `into` holds now; it has room for all.
std::optional<std::size_t> decode(std::string_view text, char* into, std::size_t room) {
  std::size_t size = 0;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(into),
                                       room,
                                       text.data(),
                                       text.size(),
                                       nullptr,
                                       &size,
                                       nullptr,
                                       variant);
  if (failed != 0) return std::nullopt;
  return size;
}

}  // namespace

void start_sodium() {
  // It fails only where the system has no randomness: nothing could be kept secret there.
  static const int started = sodium_init();
  if (started < 0) std::abort();
}

std::string random_bytes(std::size_t size) {
  start_sodium();
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string encoded(std::string_view bytes) {
  std::string text(encoded_size(bytes.size()) + 1, '\0');
  sodium_bin2base64(text.data(),
                    text.size(),
                    reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(),
                    variant);
  text.pop_back();
  return text;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string bytes(room_for(text), '\0');
  const auto size = decode(text, bytes.data(), bytes.size());
  if (!size) return std::nullopt;
  bytes.resize(*size);
  return bytes;
}

Secret encoded_secret(const Secret& bytes) {
  SecretBuffer text;
  const std::size_t size = encoded_size(bytes.size());
  sodium_bin2base64(text.extend(size + 1),
                    size + 1,
                    reinterpret_cast<const unsigned char*>(bytes.expose().data()),
                    bytes.size(),
                    variant);
  text.shrink_to(size);
  return std::move(text).finish();
}

std::optional<Secret> decoded_secret(std::string_view text) {
  SecretBuffer bytes;
  const std::size_t room = room_for(text);
  const auto size = decode(text, bytes.extend(room), room);
  if (!size) return std::nullopt;
  bytes.shrink_to(*size);
  return std::move(bytes).finish();
}

std::optional<Secret> decoded_key(std::string_view digits) {
  if (digits.size() != key_digits) return std::nullopt;
  SecretBuffer key;
  std::size_t size = 0;
  const int failed = sodium_hex2bin(reinterpret_cast<unsigned char*>(key.extend(envelope_key_size)),
                                    envelope_key_size,
                                    digits.data(),
                                    digits.size(),
                                    nullptr,
                                    &size,
                                    nullptr);
  if (failed != 0 || size != envelope_key_size) return std::nullopt;
  return std::move(key).finish();
}

Secret random_key_digits() {
  start_sodium();
  SecretBuffer key;
  char* const bytes = key.extend(envelope_key_size);
  randombytes_buf(bytes, envelope_key_size);
  SecretBuffer digits;
  sodium_bin2hex(digits.extend(key_digits + 1),
                 key_digits + 1,
                 reinterpret_cast<const unsigned char*>(bytes),
                 envelope_key_size);
  digits.shrink_to(key_digits);
  return std::move(digits).finish();
}

}  // namespace goflow::credentials
