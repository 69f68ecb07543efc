#include "credentials/secret_service/deadline.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace std::chrono_literals;

TEST_CASE("a deadline cancels what is under way, and not before its time") {
  const auto library = credentials::secret_library();
  REQUIRE(library.ok());
  const auto begun = std::chrono::steady_clock::now();
  const credentials::Deadline deadline(**library, 20ms);
  while (!deadline.has_passed())
    std::this_thread::yield();
  CHECK(std::chrono::steady_clock::now() - begun >= 20ms);
}

TEST_CASE("a deadline that was not reached ends at once and cancels nothing") {
  const auto library = credentials::secret_library();
  REQUIRE(library.ok());
  const auto begun = std::chrono::steady_clock::now();
  {
    const credentials::Deadline deadline(**library, 1h);
    CHECK_FALSE(deadline.has_passed());
  }
  CHECK(std::chrono::steady_clock::now() - begun < 1min);
}

TEST_CASE("a deadline that is restarted counts anew, whether it is longer then or shorter") {
  const auto library = credentials::secret_library();
  REQUIRE(library.ok());
  credentials::Deadline deadline(**library, 20ms);
  deadline.restart(1h);
  std::this_thread::sleep_for(40ms);
  CHECK_FALSE(deadline.has_passed());
  CHECK(deadline.limit() == 1h);
  const auto begun = std::chrono::steady_clock::now();
  deadline.restart(20ms);
  while (!deadline.has_passed())
    std::this_thread::yield();
  CHECK(std::chrono::steady_clock::now() - begun >= 20ms);
}
