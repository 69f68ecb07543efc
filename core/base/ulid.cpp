#include "core/base/ulid.hpp"

#include <sys/random.h>

#include <array>
#include <cstdint>
#include <mutex>
#include <random>

namespace goflow::core {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t random_bytes = 10;

struct Ulid {
  std::uint64_t milliseconds = 0;
  std::array<std::uint8_t, random_bytes> random{};
};

void fill_random(std::array<std::uint8_t, random_bytes>& bytes) {
  if (getrandom(bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size())) return;
  std::random_device device;
  for (auto& byte : bytes) {
    byte = static_cast<std::uint8_t>(device());
  }
}

void increment(std::array<std::uint8_t, random_bytes>& bytes) {
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
    if (++*byte != 0) return;
  }
}

std::uint64_t milliseconds_of(Timestamp time) {
  const auto since_epoch =
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
  return static_cast<std::uint64_t>(since_epoch.count());
}

std::string encode_time(std::uint64_t milliseconds) {
  std::string text(10, '0');
  for (auto character = text.rbegin(); character != text.rend(); ++character) {
    *character = alphabet[milliseconds & 31U];
    milliseconds >>= 5U;
  }
  return text;
}

/// The same or an earlier millisecond gets the successor of the last id, so order is never lost.
Ulid next_ulid(Timestamp now) {
  static std::mutex mutex;
  static Ulid last;
  const std::lock_guard lock(mutex);
  const std::uint64_t milliseconds = milliseconds_of(now);
  if (milliseconds > last.milliseconds) {
    last.milliseconds = milliseconds;
    fill_random(last.random);
  } else {
    increment(last.random);
  }
  return last;
}

}  // namespace

std::string ulid_time(Timestamp time) {
  return encode_time(milliseconds_of(time));
}

std::string new_ulid(Timestamp now) {
  const Ulid ulid = next_ulid(now);
  std::string text = encode_time(ulid.milliseconds);
  text.resize(26);
  // 80 random bits are 16 characters of five bits each.
  std::uint32_t window = 0;
  unsigned bits = 0;
  std::size_t position = 10;
  for (const std::uint8_t byte : ulid.random) {
    window = (window << 8U) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text[position++] = alphabet[(window >> bits) & 31U];
    }
  }
  return text;
}

std::string new_execution_id(Timestamp now) {
  return "wex-" + new_ulid(now);
}
bool is_execution_id(std::string_view text) {
  constexpr std::string_view prefix = "wex-";
  constexpr std::size_t ulid_length = 26;
  if (!text.starts_with(prefix) || text.size() != prefix.size() + ulid_length) return false;
  return text.substr(prefix.size()).find_first_not_of(alphabet) == std::string_view::npos;
}
std::string new_node_execution_id(Timestamp now) {
  return "nex-" + new_ulid(now);
}
std::string new_signal_id(Timestamp now) {
  return "sig-" + new_ulid(now);
}
std::string new_instance_id(Timestamp now) {
  return "win-" + new_ulid(now);
}

}  // namespace goflow::core
