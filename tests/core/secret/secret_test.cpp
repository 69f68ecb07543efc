#include "core/secret/secret.hpp"

#include "core/secret/process_privacy.hpp"

#include <doctest/doctest.h>

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <ostream>
#include <type_traits>

using namespace goflow;
using core::Secret;
using core::SecretBuffer;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <class T>
concept Comparable = requires(const T& a, const T& b) {
  a == b;
};

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>);
static_assert(!Printable<Secret> && !Comparable<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);

/// What the kernel says of the mapping that holds this address; empty when there is none.
std::string mapping_flags(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream smaps("/proc/self/smaps");
  bool is_here = false;
  for (std::string line; std::getline(smaps, line);) {
    unsigned long begin = 0;
    unsigned long end = 0;
    if (sscanf(line.c_str(), "%lx-%lx ", &begin, &end) == 2) {
      is_here = begin <= wanted && wanted < end;
    }
    if (is_here && line.starts_with("VmFlags:")) return line + " ";
  }
  return "";
}

}  // namespace

TEST_CASE("a secret takes bytes over and leaves none in the text they came in") {
  std::string text = "a long enough token, so that the heap holds it";
  const char* const place = text.data();
  const Secret secret = Secret::take(text);
  CHECK(secret.expose() == "a long enough token, so that the heap holds it");
  CHECK(text.empty());
  CHECK(std::string_view(place, 6) == std::string_view("\0\0\0\0\0\0", 6));
}

TEST_CASE("a secret holds any bytes, and none") {
  CHECK(Secret().empty());
  CHECK(Secret::copy_of("").expose().empty());
  const std::string_view binary("\0\xFF\n\0", 4);
  CHECK(Secret::copy_of(binary).expose() == binary);
}

TEST_CASE("a secret that was moved from is empty") {
  Secret first = Secret::copy_of("one");
  Secret second = std::move(first);
  CHECK(first.empty());
  CHECK(second.expose() == "one");
  second = Secret::copy_of("two");
  CHECK(second.expose() == "two");
  Secret& same = second;
  second = std::move(same);
  CHECK(second.expose() == "two");
}

TEST_CASE("secrets are compared by their bytes") {
  const Secret secret = Secret::copy_of("token");
  CHECK(secret.has_same_bytes(secret.clone()));
  CHECK_FALSE(secret.has_same_bytes(Secret::copy_of("tokem")));
  CHECK_FALSE(secret.has_same_bytes(Secret::copy_of("token2")));
  CHECK(Secret().has_same_bytes(Secret::copy_of("")));
}

TEST_CASE("a buffer grows without losing a byte, and forgets what it is shrunk by") {
  SecretBuffer buffer;
  std::string expected;
  for (int i = 0; i < 20'000; ++i) {
    buffer.append(static_cast<char>('a' + i % 26));
    expected += static_cast<char>('a' + i % 26);
  }
  CHECK(buffer.expose() == expected);
  char* const room = buffer.extend(10);
  room[0] = '!';
  buffer.shrink_to(expected.size() + 1);
  CHECK(room[1] == '\0');
  const Secret secret = std::move(buffer).finish();
  CHECK(secret.expose() == expected + '!');
}

TEST_CASE("the memory of a secret is locked, stays out of core dumps and goes with it") {
  auto secret = std::make_unique<Secret>(Secret::copy_of("token"));
  const void* const place = secret->expose().data();
  const std::string flags = mapping_flags(place);
  CHECK(flags.find(" dd ") != std::string::npos);
  // The sanitizers leave out mlock(), and say that it was done.
  if (!is_sanitized) {
    CHECK((flags.find(" lo ") != std::string::npos) == core::secret_memory_is_locked());
  }
  secret.reset();
  CHECK(mapping_flags(place) != flags);
}

TEST_CASE(
    "from the first secret on the process leaves no core, and children get the user's limit") {
  const Secret secret = Secret::copy_of("token");
  rlimit limit{};
  REQUIRE(getrlimit(RLIMIT_CORE, &limit) == 0);
  CHECK(limit.rlim_cur == 0);
  {
    const core::UsersCoreLimit users;
    REQUIRE(getrlimit(RLIMIT_CORE, &limit) == 0);
    CHECK(limit.rlim_cur <= limit.rlim_max);
  }
  REQUIRE(getrlimit(RLIMIT_CORE, &limit) == 0);
  CHECK(limit.rlim_cur == 0);
#ifndef __SANITIZE_ADDRESS__
  CHECK(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0);
#endif
}
