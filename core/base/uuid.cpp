#include "core/base/uuid.hpp"

#include "core/base/sha256.hpp"

#include <cstddef>

namespace goflow::core {

std::string uuid_of(std::string_view seed) {
  const std::string digest = sha256_hex(seed);
  std::string uuid;
  for (const char digit : digest.substr(0, 32)) {
    if (uuid.size() == 8 || uuid.size() == 13 || uuid.size() == 18 || uuid.size() == 23)
      uuid += '-';
    uuid += digit;
  }
  uuid[14] = '4';  // the version
  // The variant takes two bits of this digit; the other two stay as they are.
  constexpr std::string_view variants = "89ab";
  const char digit = uuid[19];
  const int value = digit <= '9' ? digit - '0' : digit - 'a' + 10;
  uuid[19] = variants[static_cast<std::size_t>(value % 4)];
  return uuid;
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool is_digit = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (shape[i] == '-' ? text[i] != '-' : !is_digit) return false;
  }
  return true;
}

}  // namespace goflow::core
