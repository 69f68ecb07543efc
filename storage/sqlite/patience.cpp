#include "storage/sqlite/patience.hpp"

#include <algorithm>
#include <random>
#include <thread>

namespace goflow::storage {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_wait = 70s;  // SQLite's usual 10 s of busy time-out, and a minute beyond
constexpr auto longest_pause = 25ms;

}  // namespace

bool Patience::wait(int earlier_waits) {
  const auto now = std::chrono::steady_clock::now();
  if (earlier_waits == 0) end_ = now + longest_wait;
  if (now >= end_) return false;
  const std::chrono::microseconds pause =
      std::min<std::chrono::microseconds>(500us * (1 << std::min(earlier_waits, 6)), longest_pause);
  std::random_device random;
  std::uniform_int_distribution<std::int64_t> length(pause.count() / 4, pause.count());
  std::this_thread::sleep_for(std::chrono::microseconds{length(random)});
  return true;
}

}  // namespace goflow::storage
