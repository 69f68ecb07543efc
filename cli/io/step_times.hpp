// Writes the steps of an operation and how long each took, for --debug.
#pragma once

#include "cli/io/output.hpp"
#include "core/execution/pipeline/pipeline.hpp"

#include <chrono>
#include <string_view>

namespace goflow::cli {

class StepTimes final : public core::StepObserver {
 public:
  explicit StepTimes(Output& out) : out_(out) {}
  void on_begin(std::string_view step) override;
  void on_end(std::string_view step, const core::Error* refusal) override;

 private:
  Output& out_;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace goflow::cli
