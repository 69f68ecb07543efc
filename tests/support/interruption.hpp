// What it is for the work to be killed in the middle.
#pragma once

#include "core/base/error.hpp"

namespace goflow::test {

/// Cuts off the work at the call that the test chooses: before it is done, or after, when the
/// answer is lost.
class Interruption {
 public:
  enum class Moment { before, after };
  void at(int call, Moment moment) {
    calls_left_ = call;
    moment_ = moment;
  }
  void never() { calls_left_ = -1; }
  [[nodiscard]] bool has_come() const { return calls_left_ == 0; }

  template <class Do>
  auto around(const Do& work) -> decltype(work()) {
    const core::Error cut_off{core::ErrorCode::unavailable, "cut off"};
    if (calls_left_ == 0) return cut_off;
    const bool is_last = calls_left_ > 0 && --calls_left_ == 0;
    if (is_last && moment_ == Moment::before) return cut_off;
    auto done = work();
    if (is_last) return cut_off;
    return done;
  }

 private:
  int calls_left_ = -1;
  Moment moment_ = Moment::before;
};

}  // namespace goflow::test
