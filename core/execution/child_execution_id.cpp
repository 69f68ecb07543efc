#include "core/execution/child_execution_id.hpp"

#include "core/base/sha256.hpp"

#include <cstddef>
#include <string_view>

namespace goflow::core {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::string_view prefix = "wex-";
constexpr std::size_t time_length = 10;
constexpr std::size_t chance_length = 16;
constexpr std::size_t id_length = prefix.size() + time_length + chance_length;

std::string time_of(const std::string& id) {
  const bool is_ulid = id.size() == id_length && id.starts_with(prefix);
  return is_ulid ? id.substr(prefix.size(), time_length) : std::string(time_length, '0');
}

}  // namespace

std::string child_execution_id(const std::string& parent_id,
                               const std::string& node_path,
                               int attempt) {
  const std::string digest =
      sha256_hex(parent_id + "\n" + node_path + "\n" + std::to_string(attempt));
  std::string id = std::string(prefix) + time_of(parent_id);
  for (std::size_t i = 0; i < chance_length; ++i) {
    // Two hexadecimal digits give the five bits of a character.
    id += alphabet[std::stoul(digest.substr(2 * i, 2), nullptr, 16) & 31U];
  }
  return id;
}

}  // namespace goflow::core
