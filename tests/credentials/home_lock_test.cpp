#include "credentials/home_lock.hpp"

#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <thread>

using namespace goflow;
using namespace std::chrono_literals;
using credentials::HomeLock;

namespace {

/// As another goflow would find it.
bool is_free(const std::string& home) {
  bool is_taken = false;
  std::thread([&] { is_taken = HomeLock::take(home, 0ms).ok(); }).join();
  return is_taken;
}

}  // namespace

TEST_CASE("a thread takes the lock of the home again, and has it until all is done") {
  const test::TempDir home;
  std::optional<HomeLock> outer = *HomeLock::take(home.path(), 0ms);
  std::optional<HomeLock> inner = *HomeLock::take(home.path(), 0ms);
  CHECK_FALSE(is_free(home.path()));
  inner.reset();
  CHECK_FALSE(is_free(home.path()));
  inner = *HomeLock::take(home.path(), 0ms);
  outer.reset();
  CHECK_FALSE(is_free(home.path()));
  inner.reset();
  CHECK(is_free(home.path()));
}

TEST_CASE("the lock of one home says nothing of another") {
  const test::TempDir one;
  const test::TempDir other;
  const auto lock = HomeLock::take(one.path(), 0ms);
  REQUIRE(lock.ok());
  CHECK(is_free(other.path()));
  CHECK_FALSE(is_free(one.path()));
}
