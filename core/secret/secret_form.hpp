// What of a secret is looked for in a text: the value, its lines, and how each may be written.
#pragma once

#include "core/secret/wiped_bytes.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace goflow::core {

enum class Spelling {
  plain,
  json,    // any of its marks and other characters as \" or \u0022
  url,     // any of its marks and other bytes as %22, a space also as +
  base64,  // in either alphabet, and broken into lines
};

/// One thing to look for.
struct SecretForm {
  Spelling spelling = Spelling::plain;
  /// As it is; in base64 the letters that are the same whatever stands around the secret.
  WipedBytes bytes = {};
  /// The last bits of the secret when a letter of base64 shares them with what follows: 0, 2 or 4.
  unsigned rest_bits = 0;
  unsigned rest = 0;
};

/// Fewer bytes are in every other text: to mask them would destroy it, and the gaps would tell
/// them.
inline constexpr std::size_t shortest_masked = 4;

enum class Maskable {
  yes,
  except_short_lines,  // lines of less than shortest_masked bytes stay
  no,
};

/// Whether a value can be kept out of texts. White space around the value and its lines is no part
/// of them, as programs cut it off; a line of nothing else is none.
Maskable maskable(std::string_view value);

/// Empty for a value that cannot be masked. The value and each line plainly, in JSON and in a URL;
/// the value in base64 at its three alignments.
std::vector<SecretForm> forms_of(std::string_view value);

}  // namespace goflow::core
