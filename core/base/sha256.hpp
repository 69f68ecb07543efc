// The name of a content: its SHA-256.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace goflow::core {

using Sha256Digest = std::array<unsigned char, 32>;

/// Of a content that comes in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view bytes);
  /// Of all so far; nothing may follow.
  [[nodiscard]] Sha256Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Sha256Digest sha256(std::string_view bytes);

/// 64 lower-case hexadecimal digits.
std::string to_hex(const Sha256Digest& digest);
std::string sha256_hex(std::string_view bytes);

}  // namespace goflow::core
