// Memory that is overwritten before it is given back: for what is made of secrets.
#pragma once

#include <string.h>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace goflow::core {

template <class T>
struct WipingAllocator {
  using value_type = T;

  WipingAllocator() = default;
  template <class U>
  explicit WipingAllocator(const WipingAllocator<U>&) {}

  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* first, std::size_t count) noexcept {
    explicit_bzero(static_cast<void*>(first), count * sizeof(T));
    std::allocator<T>().deallocate(first, count);
  }

  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

template <class T>
using WipedVector = std::vector<T, WipingAllocator<T>>;

/// No std::string: a short one keeps its letters in itself, where no allocator sees them.
using WipedBytes = WipedVector<char>;

inline std::string_view as_text(const WipedBytes& bytes) {
  return {bytes.data(), bytes.size()};
}

}  // namespace goflow::core
