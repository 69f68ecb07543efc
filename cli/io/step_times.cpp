#include "cli/io/step_times.hpp"

#include <fmt/format.h>

namespace goflow::cli {

void StepTimes::on_begin(std::string_view) {
  begun_ = std::chrono::steady_clock::now();
}

void StepTimes::on_end(std::string_view step, const core::Error* refusal) {
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun_;
  out_.line(fmt::format(
      "step {}: {:.3f} ms{}", step, took.count(), refusal == nullptr ? "" : ", refused"));
}

}  // namespace goflow::cli
