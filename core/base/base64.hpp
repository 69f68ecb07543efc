// Bytes as text of 64 letters: the standard alphabet, padded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace goflow::core {

std::string encode_base64(std::string_view bytes);
/// nullopt: it is not base64, to the last letter.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace goflow::core
