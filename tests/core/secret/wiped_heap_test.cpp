#include "core/secret/secret.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>

// Under the sanitizers, whose heap cannot be replaced, nothing is wiped.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

TEST_CASE("once there was a secret, what goes back to the heap is wiped") {
  const auto secret = goflow::core::Secret::copy_of("token");
  constexpr std::size_t size = 200;
  // The heap keeps two pointers of its own at the front of what is free.
  constexpr std::size_t kept_by_heap = 2 * sizeof(void*);
  auto text = std::make_unique<std::string>(size, 's');
  const char* const place = text->data();
  text.reset();
  const std::unique_ptr<char, void (*)(void*)> again(static_cast<char*>(std::malloc(size + 1)),
                                                     std::free);
  REQUIRE(again.get() == place);
  const volatile char* const bytes = again.get();
  CHECK(std::none_of(bytes + kept_by_heap, bytes + size, [](char byte) { return byte == 's'; }));
}

#endif
