// The forms in which passwords stand in a Keychain.
#pragma once

#include "core/secret/secret.hpp"

#include <optional>
#include <string_view>

namespace goflow::credentials {

/// "go-keyring-base64:" and the bytes in base64: what the original GoFlow reads.
core::Secret to_keychain_text(const core::Secret& value);

/// The same, the older "go-keyring-encoded:" with hex digits, or plain text. nullopt: it begins
/// like one of them and is damaged.
std::optional<core::Secret> from_keychain_text(std::string_view text);

}  // namespace goflow::credentials
