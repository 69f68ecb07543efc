// What the encrypted file takes from libsodium besides its cipher: randomness and letters.
#pragma once

#include "core/secret/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace goflow::credentials {

/// Before anything else is asked of the library; cheap when repeated.
void start_sodium();

std::string random_bytes(std::size_t size);

/// Base64, padded, by code whose time does not depend on the bytes.
std::string encoded(std::string_view bytes);
/// nullopt: it is not base64.
std::optional<std::string> decoded(std::string_view text);
core::Secret encoded_secret(const core::Secret& bytes);
std::optional<core::Secret> decoded_secret(std::string_view text);

/// 64 hex digits and nothing else: the 32 bytes they stand for.
std::optional<core::Secret> decoded_key(std::string_view digits);
core::Secret random_key_digits();

}  // namespace goflow::credentials
