#include "core/secret/wiped_heap.hpp"

#include <atomic>

// Sanitizers have a heap of their own, which tells wrong uses of it.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define GOFLOW_HAS_WIPED_HEAP
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#undef GOFLOW_HAS_WIPED_HEAP
#endif
#endif

namespace goflow::core {
namespace {

std::atomic<bool> is_wiped = false;

}  // namespace

void wipe_freed_memory() {
  is_wiped.store(true, std::memory_order_relaxed);
}

}  // namespace goflow::core

#ifdef GOFLOW_HAS_WIPED_HEAP

#include <malloc.h>
#include <string.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

void* take(std::size_t size) {
  while (true) {
    if (void* memory = std::malloc(size != 0 ? size : 1)) return memory;
    const std::new_handler make_room = std::get_new_handler();
    if (make_room == nullptr) throw std::bad_alloc();
    make_room();
  }
}

void give_back(void* memory) {
  if (memory != nullptr && goflow::core::is_wiped.load(std::memory_order_relaxed)) {
    explicit_bzero(memory, malloc_usable_size(memory));
  }
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) {
  return take(size);
}

void* operator new[](std::size_t size) {
  return take(size);
}

void operator delete(void* memory) noexcept {
  give_back(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  give_back(memory);
}

void operator delete[](void* memory) noexcept {
  give_back(memory);
}

void operator delete[](void* memory, std::size_t) noexcept {
  give_back(memory);
}

#endif
