// The kinds that a part of an expression may have, as far as that is known before it is evaluated.
#pragma once

#include "core/value/value.hpp"

#include <cstdint>

namespace goflow::core::expression {

class KindSet {
 public:
  constexpr KindSet() = default;
  // Implicit on purpose: one kind is a set of kinds.
  constexpr KindSet(Kind kind) : bits_(bit(kind)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] constexpr bool has(Kind kind) const { return (bits_ & bit(kind)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr bool meets(KindSet other) const { return (bits_ & other.bits_) != 0; }
  [[nodiscard]] constexpr KindSet without(KindSet other) const {
    return from_bits(bits_ & ~other.bits_);
  }

  friend constexpr KindSet operator|(KindSet a, KindSet b) { return from_bits(a.bits_ | b.bits_); }
  friend constexpr KindSet operator&(KindSet a, KindSet b) { return from_bits(a.bits_ & b.bits_); }
  friend constexpr bool operator==(KindSet a, KindSet b) = default;

 private:
  static constexpr unsigned bit(Kind kind) { return 1U << static_cast<unsigned>(kind); }
  static constexpr KindSet from_bits(unsigned bits) {
    KindSet set;
    set.bits_ = static_cast<std::uint8_t>(bits);
    return set;
  }

  std::uint8_t bits_ = 0;
};

inline constexpr KindSet numbers = KindSet(Kind::integer) | Kind::floating;
inline constexpr KindSet scalars = numbers | Kind::null | Kind::boolean | Kind::text;
inline constexpr KindSet any_kind = scalars | Kind::array | Kind::object;

}  // namespace goflow::core::expression
