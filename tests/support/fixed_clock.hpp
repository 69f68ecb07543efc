// A clock that shows what the test says.
#pragma once

#include "core/base/clock.hpp"

namespace goflow::test {

class FixedClock final : public core::Clock {
 public:
  explicit FixedClock(core::Timestamp now) : now_(now) {}

  [[nodiscard]] core::Timestamp now() const override { return now_; }
  void set(core::Timestamp now) { now_ = now; }
  void advance(std::chrono::microseconds by) { now_ += by; }

 private:
  core::Timestamp now_;
};

}  // namespace goflow::test
